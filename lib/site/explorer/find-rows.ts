import { cellNumber } from "./cell-number.ts";
import { comparedTexts } from "./compared-texts.ts";
import { detailTexts } from "./detail-texts.ts";
import type { ExplorerColumn, ExplorerModel, Facet, Row } from "./explorer-model.ts";
import { NearWords } from "./near-words.ts";
import { type Query, type QueryResult, queryPicks, type SearchTexts } from "./query.ts";
import { contentWords, hasWord, searchableText, searchWords } from "./search-words.ts";
import { sourceName } from "./source-name.ts";
import { RANKS, subjectRanker } from "./subject-ranker.ts";
import { isInRange, parseValueRange, rangeKind } from "./value-range.ts";

/** The text of a row that a search compares. */
type RowText = (row: Row) => string;

const cellsText: RowText = ({ cells }) => searchableText(cells.join("\n"));

function searchText(row: Row, model: ExplorerModel, texts: SearchTexts): string {
  let text = texts.get(row);
  if (text === undefined) {
    const sources = (row.sources ?? []).flatMap(([source, locator]) => [model.sources[source]?.title, model.sources[source]?.by, locator]);
    const claims = [row.claims, row.lessPrecise, row.morePrecise]
      .flatMap((some = []) => some)
      .flatMap((claim) => [claim.text, sourceName(model, claim.source)]);
    text = searchableText(
      [row.id, ...row.cells, row.because, ...sources, ...claims, ...(row.more ?? []).map(([, value]) => value)].filter(Boolean).join("\n"),
    );
    texts.set(row, text);
  }
  return text;
}

const isIn = (row: Row, facet: number, value: number): boolean => {
  const held = row.in[facet];
  return Array.isArray(held) ? held.includes(value) : held === value;
};

/** The numbers of a row that a range compares. */
function comparedNumbers({ columns }: ExplorerModel, { column, title, among }: Facet, row: Row): number[] {
  const index = columns.findIndex(({ name }) => name === column);
  const texts = among ? detailTexts(row, title) : comparedTexts(columns, index, row);
  return texts.map((text) => cellNumber(text, rangeKind({ columns }, { column, among }))).filter((number) => number !== undefined);
}

/** Index of criteria other than facets. */
const TEXT = -1;

const CONFLICTS = -2;

/** Up to two criteria that a row fails: a row that fails only one facet still counts among the values of that facet. */
function failedCriteria(model: ExplorerModel, query: Query, textOf: RowText): (row: Row) => number[] {
  const words = searchWords(query.text);
  const ranges = model.facets.flatMap((each, facet) => {
    const [text] = each.kind === "range" ? queryPicks(query, each.name) : [];
    const range = text === undefined ? undefined : parseValueRange(text, rangeKind(model, each));
    return range ? [{ facet, range, each }] : [];
  });
  const picked = model.facets.flatMap(({ name, values }, facet) => {
    const indexes = queryPicks(query, name)
      .map((value) => values.findIndex((each) => each.value === value))
      .filter((index) => index >= 0);
    return indexes.length > 0 ? [{ facet, indexes }] : [];
  });
  const matchesText = (row: Row): boolean => {
    const text = textOf(row);
    return words.every((ways) => hasWord(text, ways));
  };
  return (row) => {
    const failed = picked.filter(({ facet, indexes }) => !indexes.some((value) => isIn(row, facet, value))).map(({ facet }) => facet);
    for (const { facet, range, each } of ranges)
      if (!comparedNumbers(model, each, row).some((number) => isInRange(range, number))) failed.push(facet);
    if (query.conflicts && !row.claims) failed.push(CONFLICTS);
    // Comparing texts is the slowest step.
    if (failed.length < 2 && words.length > 0 && !matchesText(row)) failed.push(TEXT);
    return failed.slice(0, 2);
  };
}

interface Finder {
  /** Searches some rows, so that a caller can yield in between. */
  take(rows: readonly Row[]): void;
  found(): QueryResult;
}

export function rowFinder(model: ExplorerModel, query: Query, textOf: RowText): Finder {
  const failedBy = failedCriteria(model, query, textOf);
  // Ranked while rows are taken, because a caller yields in between.
  const rankOf = query.sort === undefined && query.text.trim() !== "" ? subjectRanker(model, query.text) : () => 0;
  const ranked = Array.from({ length: RANKS }, (): Row[] => []);
  const counts = model.facets.map(({ values }) => values.map(() => 0));
  let conflicts = 0;
  let valueless = 0;
  const isValueless = (row: Row, facet: number): boolean => {
    const compared = model.facets[facet];
    return compared?.kind === "range" && comparedNumbers(model, compared, row).length === 0;
  };
  const count = (row: Row, facet: number): void => {
    const held = row.in[facet];
    for (const value of Array.isArray(held) ? held : [held])
      if (value !== undefined && value >= 0) (counts[facet] as number[])[value] = (counts[facet]?.[value] ?? 0) + 1;
  };
  const addToFailed = (row: Row, facet: number): void => {
    count(row, facet);
    if (isValueless(row, facet)) valueless += 1;
  };
  const add = (row: Row): void => {
    const [failed, second] = failedBy(row);
    if (second !== undefined) return;
    if (failed === undefined) {
      ranked[rankOf(row)]?.push(row);
      for (const i of model.facets.keys()) count(row, i);
    } else if (failed >= 0) addToFailed(row, failed);
    if (row.claims && (failed === undefined || failed === CONFLICTS)) conflicts += 1;
  };
  return { take: (some) => some.forEach(add), found: () => ({ rows: sorted(model, query, ranked.flat()), counts, conflicts, valueless }) };
}

/** Finds words of the rows that are similar to search words that occur nowhere. */
function nearRowFinder(query: Query, textOf: RowText) {
  const words = searchWords(query.text);
  const near = words.map((ways) => new NearWords(ways));
  return {
    take(rows: readonly Row[]): void {
      for (const row of rows) {
        const text = textOf(row);
        for (const word of near) word.add(text);
      }
    },
    /** The words that occur, or else the most similar ones; and those without a similar one. */
    words(): { text: string; isNew: boolean; absent: string[] } {
      const found = near.map((word) => word.nearest());
      const absent = words.flatMap(([word = ""], i) => (found[i] === undefined ? [word] : []));
      return { text: found.filter(Boolean).join(" "), isNew: found.some((word, i) => word !== words[i]?.[0]), absent };
    },
  };
}

/** Takes rows, in any portions. */
type Take = (rows: readonly Row[]) => void;

/** Searches for all words. */
function* exactSearch(model: ExplorerModel, query: Query, textOf: RowText): Generator<Take, QueryResult> {
  const { take, found } = rowFinder(model, query, textOf);
  yield take;
  return found();
}

/** Searches for the most similar words. `none`: the result without rows. */
function* nearSearch(model: ExplorerModel, query: Query, textOf: RowText, none: QueryResult): Generator<Take, QueryResult> {
  const { take, words } = nearRowFinder(query, textOf);
  yield take;
  const { text, isNew, absent } = words();
  const near = isNew && text !== "" ? yield* exactSearch(model, { ...query, text }, textOf) : none;
  if (near.rows.length === 0) return { ...none, absent };
  return absent.length === 0 ? { ...near, nearText: text } : { ...none, absent, otherText: text };
}

/**
 * Searches for all words; or else for the words that matter in a question, first in cells only, because titles and quotations of sources have
 * many words; or else for the most similar words. A caller gives each step all rows.
 */
export function* findRowsInSteps(model: ExplorerModel, query: Query, texts: SearchTexts): Generator<Take, QueryResult> {
  const textOf: RowText = (row) => searchText(row, model, texts);
  const exact = yield* exactSearch(model, query, textOf);
  if (exact.rows.length > 0 || query.text.trim() === "") return exact;
  const text = contentWords(query.text);
  let none = exact;
  if (text !== undefined) {
    const question = { ...query, text };
    for (const compared of [cellsText, textOf]) {
      const found = yield* exactSearch(model, question, compared);
      if (found.rows.length > 0) return { ...found, nearText: text };
    }
    none = yield* nearSearch(model, question, textOf, exact);
    if (none.rows.length > 0) return none;
  }
  const near = yield* nearSearch(model, query, textOf, exact);
  return near.rows.length > 0 || text === undefined ? near : none;
}

export function findRows(model: ExplorerModel, query: Query, texts: SearchTexts): QueryResult {
  const steps = findRowsInSteps(model, query, texts);
  let step = steps.next();
  while (!step.done) {
    step.value(model.rows);
    step = steps.next();
  }
  return step.value;
}

type SortKey = string | number | undefined;

/** The sort key of a cell: dates and numbers by value, text by its letters; undefined for an empty cell. */
function cellKey(text: string, kind: ExplorerColumn["kind"] | undefined): SortKey {
  if (text === "") return undefined;
  return cellNumber(text, kind) ?? text.toLowerCase();
}

/** Sorts numbers and dates before text. */
function compareKeys(x: string | number, y: string | number): number {
  if (typeof x !== typeof y) return typeof x === "number" ? -1 : 1;
  return x === y ? 0 : x < y ? -1 : 1;
}

/** Sorts rows by a column; rows without a value are last in both directions. */
function sorted(model: ExplorerModel, query: Query, rows: Row[]): Row[] {
  const { sort } = query;
  if (sort === undefined) return rows;
  const kind = model.columns[sort]?.kind;
  const facet = model.facets.findIndex(({ role }) => role === kind);
  const keyOf = (row: Row): SortKey => {
    const held = facet >= 0 && kind !== "subject" ? row.in[facet] : undefined;
    if (typeof held === "number") return held < 0 ? undefined : held;
    return cellKey(row.cells[sort] ?? "", kind);
  };
  const keys = new Map(rows.map((row) => [row, keyOf(row)]));
  const sign = query.descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [keys.get(a), keys.get(b)];
    if (x === undefined || y === undefined) return x === y ? 0 : x === undefined ? 1 : -1;
    return compareKeys(x, y) * sign;
  });
}
