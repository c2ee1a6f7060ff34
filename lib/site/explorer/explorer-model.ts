import { grouped } from "../../contract/grouped.ts";
import type { Tone } from "../../schema/table-plan.ts";

/** Input of a table's explorer: plain data, made when the page is rendered and read again in the browser. Texts are for readers. */
export interface ExplorerModel {
  /** Name of the table; the anchor of a row is `<table>-<id>`. */
  table: string;
  /** One record, several records: `fact`, `facts`. */
  noun: [one: string, many: string];
  columns: ExplorerColumn[];
  facets: Facet[];
  sources: Source[];
  rows: Row[];
  /** How many rows there are; `rows` holds the first of them. */
  total: number;
  /** Address of all rows as JSON, if `rows` does not hold them; missing where there are too many to explore. */
  rest?: string;
  /** The CSV of the table, whose lines are the rows in the same order. */
  csv: string;
  /** The NDJSON of the table. */
  ndjson: string;
  /** Prefix of a subject's slug, where subjects have pages. */
  subjects?: string;
  /** Address of the list of each row's file and line in the repository, and the prefix of those files. */
  edit?: { lines: string; files: string };
  /** Day of the release. */
  day?: string;
  /** How many of all rows are contradicted. */
  conflicts: number;
}

type ColumnKind = "text" | "subject" | "value" | "date" | "status" | "certainty" | "rank" | "number" | "link";

export interface ExplorerColumn {
  /** Of the property that it shows. */
  name: string;
  title: string;
  kind: ColumnKind;
}

export interface FacetValue {
  /** As in the data and in the address of the page. */
  value: string;
  label: string;
  count: number;
  tone?: Tone;
  /** 0 to 4 bars. */
  level?: number;
  description?: string;
}

/** A filter of rows. */
export interface Facet {
  /** Name of its parameter in the address. */
  name: string;
  title: string;
  kind: "select" | "pills";
  role?: "subject" | "status" | "certainty";
  /** The table that its values refer to. */
  references?: string;
  values: FacetValue[];
}

export interface Source {
  title: string;
  /** Author and date. */
  by: string;
  url?: string;
}

/** Another row that contradicts a row. */
export interface Claim {
  id: string;
  text: string;
  /** Index of its source, -1 for none. */
  source: number;
  preferred?: true;
  deprecated?: true;
  days?: [first: string, last: string];
  /** Why it is preferred, or is not. */
  because?: string;
}

export interface Row {
  id: string;
  /** Beside `columns`. */
  cells: string[];
  /** Beside `facets`: the index of its value, -1 for none; several for a list. */
  in: (number | number[])[];
  /** Its first and last day. */
  days?: [first: string, last: string];
  isDeprecated?: true;
  isPreferred?: true;
  /** Of the status that the row itself states; a row that states none has no tone, whatever the status of its subject. */
  tone?: Tone;
  /** The first of those that contradict it, the preferred one among them. */
  claims?: Claim[];
  /** How many contradict it, where that is more. */
  claimCount?: number;
  because?: string;
  /** Index of the source, what it says there, and whether that is a quotation. */
  sources?: [source: number, locator?: string, isQuote?: 1][];
  /** What the columns do not show: title and text. */
  more?: [title: string, text: string][];
}

/** A row as a claim against another one. */
export const claimOf = ({ columns }: { columns: readonly ExplorerColumn[] }, row: Row): Claim => ({
  id: row.id,
  text: row.cells[columns.findIndex(({ kind }) => kind === "value")] ?? "",
  source: row.sources?.[0]?.[0] ?? -1,
  ...(row.isPreferred ? { preferred: true as const } : {}),
  ...(row.isDeprecated ? { deprecated: true as const } : {}),
  ...(row.days ? { days: row.days } : {}),
  ...(row.because ? { because: row.because } : {}),
});

/** The short name of a source. */
export const byOf = (model: Pick<ExplorerModel, "sources">, source: number): string => {
  const known = model.sources[source];
  return known?.by || (known?.title ?? "");
};

/** Names a row in a list of others. */
export const titleOf = ({ cells }: Row): string => cells.slice(0, 2).filter(Boolean).join(" · ");
/** The name of a row in the labels of its controls: its first cells, or else its key. */
export function spokenName({ columns }: Pick<ExplorerModel, "columns">, row: Row): string {
  const isStatement = columns.some(({ kind }) => kind === "value");
  const cells = columns.flatMap(({ kind }, i) => (!isStatement || ["subject", "text", "value"].includes(kind) ? [row.cells[i]] : []));
  return (
    cells
      .filter(Boolean)
      .slice(0, isStatement ? 3 : 2)
      .join(", ") || row.id
  );
}
/** The rank of a row, unless it is the normal one. */
export const rankWord = (row: Pick<Row, "isDeprecated" | "isPreferred">): string | undefined =>
  row.isDeprecated ? "deprecated" : row.isPreferred ? "preferred" : undefined;
export const hrefOf = (table: string, id: string): string => `#${encodeURIComponent(anchorOf(table, id))}`;
/**
 * Ids of the page's own elements begin with `_` or hold no `-`: a table's name begins with a letter, so that no record's
 * anchor is one of them.
 */
export const anchorOf = (table: string, id: string): string => `${table}-${id}`;
export const counted = (count: number, [one, many]: readonly [string, string]): string => `${grouped(count)} ${count === 1 ? one : many}`;

/** Name of a record's page: safe in an address and as the name of a folder; undefined for a key that is neither. */
export function slugOf(key: string): string | undefined {
  const slug = key.replaceAll(":", "-");
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(slug) && slug.length <= 120 ? slug : undefined;
}
