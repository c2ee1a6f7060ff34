import type { Tone } from "../../schema/schema.ts";
import type { Standing } from "./standing-reader.ts";

/** Input of the explorer of a table: plain data, written when the page is rendered and read in the browser. Texts are display texts. */
export interface ExplorerModel {
  /** Name of the table; the anchor of a row is `<table>-<id>`. */
  table: string;
  /** One record, several records: `fact`, `facts`. */
  noun: [one: string, many: string];
  /** One subject of statements, several: `country`, `countries`. Missing if the filter of subjects does not list all of them. */
  subjectNoun?: [one: string, many: string];
  columns: ExplorerColumn[];
  facets: Facet[];
  sources: ShownSource[];
  rows: Row[];
  /** Number of all rows; `rows` has the first of them. */
  total: number;
  /** Address of all rows as JSON, if `rows` is incomplete; missing if there are too many to explore. */
  rest?: string;
  /** Rows have dates, and are few enough for a timeline. */
  isTimed?: true;
  /** The CSV of the table: its lines are the rows in the same order, or in that of their `line`. */
  csv: string;
  /** The NDJSON of the table. */
  ndjson: string;
  /** Prefix of the slugs of subjects, if some have pages. */
  subjects?: string;
  /** Number of rows whose subject has no page, where others have one. */
  withoutPage?: number;
  /** Prefix of the slugs of rows, if some have cards. */
  cards?: string;
  /** Address of the list of record lines, and the prefix of the files in it. */
  edit?: { lines: string; files: string };
  /** The citation of the release, the path of its page, and that of the latest version on its page; missing for a preview. */
  cite?: { release: string; path: string; latest?: string };
  /** Day of the release. */
  day?: string;
  /** Set if rows have places. */
  map?: PlaceMap;
  /** Number of rows that are contradicted. */
  conflicts: number;
}

/** The area that contains all places. */
export interface PlaceMap {
  /** In degrees. */
  ends: { south: number; north: number; west: number; east: number };
  /** Length of a degree of longitude, in degrees of latitude. */
  narrow: number;
  /** In degrees of latitude, downwards from the equator: x, y, width, height. */
  box: [x: number, y: number, width: number, height: number];
  /** All places as an SVG path. */
  dots: string;
}

type ColumnKind = "text" | "subject" | "value" | "date" | "status" | "certainty" | "rank" | "number" | "link";

export interface ExplorerColumn {
  /** Name of the property. */
  name: string;
  title: string;
  kind: ColumnKind;
  /** In steps, see `columnWidth`. */
  width?: number;
  /** Set if all rows are explored, and there are enough. */
  distribution?: Distribution;
}

/** Numbers of values in equal intervals of a scale. */
export interface Histogram {
  /** The lowest and the highest value, as cells show them. */
  min: string;
  max: string;
  /** Start of the first bar, and width of each: in numbers, or in days, months or years, counted from year 0 (days: from 1970). */
  start: number;
  step: number;
  unit?: "day" | "month" | "year";
  counts: number[];
}

/** The distribution of the values of a column over all rows. */
export interface Distribution {
  /** Number of rows without a value. */
  missing: number;
  /** For numbers and dates. */
  histogram?: Histogram;
  /** Number of different values, for other columns. */
  distinct?: number;
  /** Name of the facet that filters by the values. */
  facet?: string;
  /** The most frequent values, if there are few. */
  values?: Pick<FacetValue, "value" | "label" | "count">[];
}

export interface FacetValue {
  /** As in the data and in the address of the page. */
  value: string;
  label: string;
  count: number;
  tone?: Tone;
  /** Certainty level: 0 to 4 bars. */
  level?: number;
  description?: string;
  /** A subject without a page of its own, where others have one. */
  isWithoutPage?: true;
}

/** A filter of rows. */
export interface Facet {
  /** Name of its parameter in the address. */
  name: string;
  title: string;
  /** A range lists no values: it compares the numbers of its column. */
  kind: "select" | "pills" | "range";
  /** Name of the column whose values it lists or compares. */
  column?: string;
  /** A range over a column that is not shown: its values are among the details of rows, by title. */
  among?: { kind: "number" | "date"; min: string; max: string };
  /** Shown on request. */
  isFolded?: true;
  role?: "subject" | "status" | "certainty";
  /** Table that its values refer to. */
  references?: string;
  values: FacetValue[];
}

export interface ShownSource {
  title: string;
  /** Author and date. */
  by: string;
  url?: string;
  /** Its title was not read in the work itself, but for example in its address: no quotation. */
  isTitleInferred?: true;
  /** Lower for a more reliable source; missing for 0, the most reliable. */
  weakness?: number;
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
  replaced?: true;
  days?: [first: string, last: string];
  /** Reason why it is preferred or not. */
  because?: string;
}

/** The first rows of a group with another value, the preferred ones included. */
export interface Claims {
  /** Rows that contradict it. */
  claims?: Claim[];
  /** Dates that contain its date: they agree with it. */
  lessPrecise?: Claim[];
  /** Dates within its date. */
  morePrecise?: Claim[];
}

export interface Row extends Claims, Standing {
  id: string;
  /** Index in the files, if rows are in another order. */
  line?: number;
  /** One per entry of `columns`. */
  cells: string[];
  /** One per entry of `facets`: the index of its value, -1 for none; several for a list. */
  in: (number | number[])[];
  /** In degrees. */
  place?: [latitude: number, longitude: number];
  /** Its first and last day. */
  days?: [first: string, last: string];
  /** Set if it has no card, where others have one. */
  isWithoutCard?: true;
  /** The row that replaces it, if that is explored, too. */
  replacedBy?: Claim;
  /** Tone of the status that the row itself states; missing if it states none, whatever the status of its subject. */
  tone?: Tone;
  /** Tone of its mark on the timeline, if that is another: "" for a dot. */
  mark?: Tone | "";
  /** Number of claims of a kind, if not all are listed. */
  counts?: { [Kind in keyof Claims]?: number };
  /** Number of rows that contradict it and stand; missing for none. */
  standingClaims?: number;
  because?: string;
  /** Number of publishers of its supporting sources, if it has several sources and their publishers are known. */
  publishers?: number;
  /** Citations of sources by index, the row's own first. */
  sources?: Citation<number>[];
  /** Values that no column shows: title and text. */
  more?: [title: string, text: string][];
}
