import type { ExplorerModel, Row } from "./explorer-model.ts";
import { parseValueRange, rangeKind } from "./value-range.ts";

/** A search with its filters. The address of the page contains all of it. */
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

/** The selected values of a facet. A column may have any name, such as `constructor`. */
export const queryPicks = ({ picked }: Query, name: string): string[] => (Object.hasOwn(picked, name) ? (picked[name] ?? []) : []);

export const NOTHING: Query = { text: "", picked: {}, conflicts: false, page: 1 };

export function parseQuery(search: string, model: Pick<ExplorerModel, "facets" | "columns">): Query {
  const given = new URLSearchParams(search);
  const picked = model.facets.flatMap((facet) => {
    const { name, kind, values } = facet;
    const known = given
      .getAll(name)
      .filter((value) =>
        kind === "range" ? parseValueRange(value, rangeKind(model, facet)) !== undefined : values.some((each) => each.value === value),
      );
    return known.length > 0 ? [[name, kind === "range" ? known.slice(0, 1) : known] as const] : [];
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
  for (const { name } of model.facets) for (const value of queryPicks(query, name)) given.append(name, value);
  if (query.conflicts) given.set("conflicts", "1");
  if (query.sort !== undefined) given.set("sort", `${query.descending ? "-" : ""}${model.columns[query.sort]?.name}`);
  if (query.page > 1) given.set("page", String(query.page));
  return given.toString();
}

export const isFilteringQuery = (query: Query): boolean =>
  query.text.trim() !== "" || query.conflicts || Object.values(query.picked).some((values) => values.length > 0);

/** The searchable text of each row, cached. */
export type SearchTexts = WeakMap<Row, string>;

export interface QueryResult {
  rows: Row[];
  /** One per value of each facet: the number of rows with that value alone. */
  counts: number[][];
  conflicts: number;
  /** Number of rows that only a range excludes, because they have no comparable value. */
  valueless: number;
  /** The text that was searched instead, if a word occurs nowhere and a similar one exists. */
  nearText?: string;
  /** Words that occur nowhere, without a similar one, if no row was found. */
  absent?: string[];
  /** The other words, similar ones included, if some rows have them. */
  otherText?: string;
}
