import { byOf, type ExplorerColumn, type ExplorerModel, type Row } from "./explorer-model.ts";
import { dayOf } from "./human-date.ts";

/** What a reader looks for. The address of the page has all of it. */
export interface Query {
  text: string;
  /** Name of a facet → picked values. */
  picked: Record<string, string[]>;
  conflicts: boolean;
  /** Index of a column. */
  sort?: number;
  descending?: boolean;
  /** From 1. */
  page: number;
}

/** The picked values of a facet. A column may have any name, such as `constructor`. */
export const pickedOf = ({ picked }: Query, name: string): string[] => (Object.hasOwn(picked, name) ? (picked[name] ?? []) : []);

export const NOTHING: Query = { text: "", picked: {}, conflicts: false, page: 1 };

export function parseQuery(search: string, model: Pick<ExplorerModel, "facets" | "columns">): Query {
  const given = new URLSearchParams(search);
  const picked = model.facets.flatMap(({ name, values }) => {
    const known = given.getAll(name).filter((value) => values.some((each) => each.value === value));
    return known.length > 0 ? [[name, known] as const] : [];
  });
  const [, sign, name] = /^(-?)(.+)$/.exec(given.get("sort") ?? "") ?? [];
  const sort = model.columns.findIndex((column) => column.name === name);
  const page = Number(given.get("page"));
  return {
    text: given.get("q") ?? "",
    picked: Object.fromEntries(picked),
    conflicts: given.get("conflicts") === "1",
    ...(sort >= 0 ? { sort, descending: sign === "-" } : {}),
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

/** The query of an address, without `?`; empty for all rows. */
export function queryText(query: Query, model: Pick<ExplorerModel, "facets" | "columns">): string {
  const given = new URLSearchParams();
  if (query.text.trim() !== "") given.set("q", query.text);
  for (const { name } of model.facets) for (const value of pickedOf(query, name)) given.append(name, value);
  if (query.conflicts) given.set("conflicts", "1");
  if (query.sort !== undefined) given.set("sort", `${query.descending ? "-" : ""}${model.columns[query.sort]?.name}`);
  if (query.page > 1) given.set("page", String(query.page));
  return given.toString();
}

export const isFiltered = (query: Query): boolean =>
  query.text.trim() !== "" || query.conflicts || Object.values(query.picked).some((values) => values.length > 0);

/** The text that is searched of each row, made once. */
export type SearchTexts = WeakMap<Row, string>;

function searchText(row: Row, model: ExplorerModel, texts: SearchTexts): string {
  let text = texts.get(row);
  if (text === undefined) {
    const sources = (row.sources ?? []).flatMap(([source, locator]) => [model.sources[source]?.title, model.sources[source]?.by, locator]);
    const claims = (row.claims ?? []).flatMap((claim) => [claim.text, byOf(model, claim.source)]);
    text = [row.id, ...row.cells, row.because, ...sources, ...claims, ...(row.more ?? []).map(([, value]) => value)]
      .filter(Boolean)
      .join("\n")
      .toLowerCase();
    texts.set(row, text);
  }
  return text;
}

const isIn = (row: Row, facet: number, value: number): boolean => {
  const held = row.in[facet];
  return Array.isArray(held) ? held.includes(value) : held === value;
};

/** Criteria other than facets, which are named by their index. */
const TEXT = -1;
const CONFLICTS = -2;

/**
 * The criteria that a row does not meet, at most two: a row that fails one facet alone still counts among the values of that
 * facet.
 */
function failedCriteria(model: ExplorerModel, query: Query, texts: SearchTexts): (row: Row) => number[] {
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
  const picked = model.facets.flatMap(({ name, values }, facet) => {
    const indexes = pickedOf(query, name)
      .map((value) => values.findIndex((each) => each.value === value))
      .filter((index) => index >= 0);
    return indexes.length > 0 ? [{ facet, indexes }] : [];
  });
  const matchesText = (row: Row): boolean => {
    const text = searchText(row, model, texts);
    return words.every((word) => text.includes(word));
  };
  return (row) => {
    const failed = picked.filter(({ facet, indexes }) => !indexes.some((value) => isIn(row, facet, value))).map(({ facet }) => facet);
    if (query.conflicts && !row.claims) failed.push(CONFLICTS);
    // Comparing texts is the slowest.
    if (failed.length < 2 && words.length > 0 && !matchesText(row)) failed.push(TEXT);
    return failed.slice(0, 2);
  };
}

export interface Found {
  rows: Row[];
  /** Beside the facets and their values: how many rows there would be with that value alone. */
  counts: number[][];
  conflicts: number;
}

interface Finder {
  /** Searches some rows, so that a caller can let others run in between. */
  take(rows: readonly Row[]): void;
  found(): Found;
}

export function finder(model: ExplorerModel, query: Query, texts: SearchTexts): Finder {
  const failedBy = failedCriteria(model, query, texts);
  const rows: Row[] = [];
  const counts = model.facets.map(({ values }) => values.map(() => 0));
  let conflicts = 0;
  const count = (row: Row, facet: number): void => {
    const held = row.in[facet];
    for (const value of Array.isArray(held) ? held : [held])
      if (value !== undefined && value >= 0) (counts[facet] as number[])[value] = (counts[facet]?.[value] ?? 0) + 1;
  };
  const add = (row: Row): void => {
    const [failed, second] = failedBy(row);
    if (second !== undefined) return;
    if (failed === undefined) {
      rows.push(row);
      for (const i of model.facets.keys()) count(row, i);
    } else if (failed >= 0) count(row, failed);
    if (row.claims && (failed === undefined || failed === CONFLICTS)) conflicts += 1;
  };
  return { take: (some) => some.forEach(add), found: () => ({ rows: sorted(model, query, rows), counts, conflicts }) };
}

export function find(model: ExplorerModel, query: Query, texts: SearchTexts): Found {
  const { take, found } = finder(model, query, texts);
  take(model.rows);
  return found();
}

type SortKey = string | number | undefined;

/** The sort key of a cell: a date or a number by its value, text by its letters; undefined for an empty cell. */
function cellKey(text: string, kind: ExplorerColumn["kind"] | undefined): SortKey {
  if (text === "") return undefined;
  const day = dayOf(text);
  // A year alone may be any number.
  if (day !== undefined && (kind === "date" || !/^\d+$/.test(text))) return day;
  const isNumber = kind !== "date" && /^[-−]?\d/.test(text);
  return isNumber ? Number.parseFloat(text.replace("−", "-").replaceAll(",", "")) : text.toLowerCase();
}

/** Numbers and dates before text. */
function compareKeys(x: string | number, y: string | number): number {
  if (typeof x !== typeof y) return typeof x === "number" ? -1 : 1;
  return x === y ? 0 : x < y ? -1 : 1;
}

/** By a column; rows without a value come last in both directions. */
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
