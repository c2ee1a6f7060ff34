import { dayOf } from "./dates.ts";
import { byOf, type ExplorerColumn, type ExplorerModel, type Row } from "./model.ts";

/** What is asked for: all of it stands in the address of the page. */
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

/** What is picked of a facet; a column may be called like anything, `constructor` too. */
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

/** Texts that are searched, by row: made once. */
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

/** Which of the questions a row answers: all but one may still count in the facet of that one. */
interface Matcher {
  /** The number of questions that the row fails, and which facet it fails if it is one only: -1 text, -2 conflicts. */
  fails(row: Row): { count: number; facet: number };
}

const isIn = (row: Row, facet: number, value: number): boolean => {
  const held = row.in[facet];
  return Array.isArray(held) ? held.includes(value) : held === value;
};

function matcher(model: ExplorerModel, query: Query, texts: SearchTexts): Matcher {
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
  const asked = model.facets.map(({ name, values }) =>
    pickedOf(query, name)
      .map((value) => values.findIndex((each) => each.value === value))
      .filter((index) => index >= 0),
  );
  return {
    fails(row) {
      let count = 0;
      let facet = 0;
      const fail = (which: number): void => {
        count += 1;
        facet = which;
      };
      if (query.conflicts && !row.claims) fail(-2);
      for (const [i, values] of asked.entries()) if (values.length > 0 && !values.some((value) => isIn(row, i, value))) fail(i);
      if (count < 2 && words.length > 0) {
        const text = searchText(row, model, texts);
        if (!words.every((word) => text.includes(word))) fail(-1);
      }
      return { count, facet };
    },
  };
}

export interface Found {
  rows: Row[];
  /** Beside the facets and their values: how many rows there would be with that value alone. */
  counts: number[][];
  conflicts: number;
}

/** Goes through rows in portions, so that whoever calls may let others run in between. */
export function finder(model: ExplorerModel, query: Query, texts: SearchTexts): { take(rows: readonly Row[]): void; found(): Found } {
  const { fails } = matcher(model, query, texts);
  const rows: Row[] = [];
  const counts = model.facets.map(({ values }) => values.map(() => 0));
  let conflicts = 0;
  const add = (row: Row, facet: number): void => {
    const held = row.in[facet];
    for (const value of Array.isArray(held) ? held : [held])
      if (value !== undefined && value >= 0) (counts[facet] as number[])[value] = (counts[facet]?.[value] ?? 0) + 1;
  };
  return {
    take(some) {
      for (const row of some) {
        const { count, facet } = fails(row);
        if (count > 1) continue;
        if (count === 0) {
          rows.push(row);
          for (const i of model.facets.keys()) add(row, i);
        } else if (facet >= 0) add(row, facet);
        if (row.claims && (count === 0 || facet === -2)) conflicts += 1;
      }
    },
    found: () => ({ rows: sorted(model, query, rows), counts, conflicts }),
  };
}

export function find(model: ExplorerModel, query: Query, texts: SearchTexts): Found {
  const { take, found } = finder(model, query, texts);
  take(model.rows);
  return found();
}

/** What a cell is sorted by: a date and a number by what they are, words by their letters; undefined for nothing. */
function inOrder(text: string, kind: ExplorerColumn["kind"] | undefined): string | number | undefined {
  if (text === "") return undefined;
  const day = dayOf(text);
  // A year alone may be any number.
  if (day !== undefined && (kind === "date" || !/^\d+$/.test(text))) return day;
  const isNumber = kind !== "date" && /^[-−]?\d/.test(text);
  return isNumber ? Number.parseFloat(text.replace("−", "-").replaceAll(",", "")) : text.toLowerCase();
}

/** By a column; rows without a value last, whichever way. */
function sorted(model: ExplorerModel, query: Query, rows: Row[]): Row[] {
  const { sort } = query;
  if (sort === undefined) return rows;
  const kind = model.columns[sort]?.kind;
  const facet = model.facets.findIndex(({ role }) => role === kind);
  const keyOf = (row: Row): string | number | undefined => {
    const held = facet >= 0 && kind !== "subject" ? row.in[facet] : undefined;
    if (typeof held === "number") return held < 0 ? undefined : held;
    return inOrder(row.cells[sort] ?? "", kind);
  };
  const keys = new Map(rows.map((row) => [row, keyOf(row)]));
  const sign = query.descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [keys.get(a), keys.get(b)];
    if (x === undefined || y === undefined) return x === y ? 0 : x === undefined ? 1 : -1;
    // Numbers and dates before words.
    if (typeof x !== typeof y) return (typeof x === "number" ? -1 : 1) * sign;
    return x === y ? 0 : (x < y ? -1 : 1) * sign;
  });
}
