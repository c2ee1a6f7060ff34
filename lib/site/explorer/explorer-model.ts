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
  /** Rows have dates, and not too many for a timeline. */
  isTimed?: true;
  /** The CSV of the table: its lines are the rows in the same order, or in that of their `line`. */
  csv: string;
  /** The NDJSON of the table. */
  ndjson: string;
  /** Prefix of a subject's slug, where subjects have pages. */
  subjects?: string;
  /** Prefix of the slug of a row, where rows have cards. */
  cards?: string;
  /** Address of the list of each row's file and line in the repository, and the prefix of those files. */
  edit?: { lines: string; files: string };
  /** How the release is cited, the path of its page, and that of the latest version on its page; missing for a preview. */
  cite?: { release: string; path: string; latest?: string };
  /** Day of the release. */
  day?: string;
  /** Where rows have places. */
  map?: PlaceMap;
  /** How many of all rows are contradicted. */
  conflicts: number;
}

/** The part of the world in which rows have places. */
export interface PlaceMap {
  /** In degrees. */
  ends: { south: number; north: number; west: number; east: number };
  /** How long a degree of longitude is drawn, in degrees of latitude. */
  narrow: number;
  /** In degrees of latitude, downwards from the equator: x, y, width, height. */
  box: [x: number, y: number, width: number, height: number];
  /** All places as an SVG path. */
  dots: string;
}

type ColumnKind = "text" | "subject" | "value" | "date" | "status" | "certainty" | "rank" | "number" | "link";

export interface ExplorerColumn {
  /** Of the property that it shows. */
  name: string;
  title: string;
  kind: ColumnKind;
  /** Of all rows, where they are all explored and not only a few. */
  distribution?: Distribution;
}

/** How many values lie in each of some equal parts of a scale. */
export interface Histogram {
  /** The lowest and the highest value, as cells show them. */
  min: string;
  max: string;
  /** Where the first bar begins, and how wide each is: in numbers, or in days, months or years as they are counted from year 0 (days: from 1970). */
  start: number;
  step: number;
  unit?: "day" | "month" | "year";
  counts: number[];
}

/** How the values of a column are spread over all rows. */
export interface Distribution {
  /** Rows without a value. */
  missing: number;
  /** Of numbers and dates. */
  histogram?: Histogram;
  /** How many different values there are, of other columns. */
  distinct?: number;
  /** Name of the facet that filters by the values. */
  facet?: string;
  /** The most frequent ones, where they are few. */
  values?: Pick<FacetValue, "value" | "label" | "count">[];
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
  /** A range has no listed values: it compares the numbers of its column. */
  kind: "select" | "pills" | "range";
  /** Name of the column whose values it lists or compares. */
  column?: string;
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
  /** A row whose own source it is is deprecated. */
  isContradicted?: true;
}

/** 1: the locator is a quotation. 0: the source mentions the subject, and does not support the row. */
export type CitationMark = 0 | 1;
export type Citation<Key> = [source: Key, locator?: string, mark?: CitationMark];

/** Another row about the same thing with another value. */
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

/** The first rows of a group with another value than a row, the preferred ones among them. */
export interface Claims {
  /** Those that contradict it. */
  claims?: Claim[];
  /** Dates that contain its own: they agree with it. */
  lessPrecise?: Claim[];
  /** Dates within its own. */
  morePrecise?: Claim[];
}

export interface Row extends Claims {
  id: string;
  /** Index in the files, where rows are in another order than there. */
  line?: number;
  /** Beside `columns`. */
  cells: string[];
  /** Beside `facets`: the index of its value, -1 for none; several for a list. */
  in: (number | number[])[];
  /** In degrees. */
  place?: [latitude: number, longitude: number];
  /** Its first and last day. */
  days?: [first: string, last: string];
  isDeprecated?: true;
  isPreferred?: true;
  /** Of the status that the row itself states; a row that states none has no tone, whatever the status of its subject. */
  tone?: Tone;
  /** How many claims of a kind there are, where that is more. */
  counts?: { [Kind in keyof Claims]?: number };
  because?: string;
  /** Citations of sources by index, the row's own first. */
  sources?: Citation<number>[];
  /** What the columns do not show: title and text. */
  more?: [title: string, text: string][];
}
