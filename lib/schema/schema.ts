/** How a status is displayed, from the most to the least definite. */
export const TONES = ["done", "partial", "announced", "intended", "possible", "context"] as const;
export type Tone = (typeof TONES)[number];

/** The highest certainty level: the `level` of an allowed value. */
export const MAX_CERTAINTY_LEVEL = 4;

/** What a schema says about an allowed value. */
export interface DescribedValue {
  title?: string;
  description?: string;
  tone?: Tone;
  /** Certainty level, 0 to `MAX_CERTAINTY_LEVEL`. */
  level?: number;
  /** For a status: key of the property with the date from which a subject has it. */
  since?: string;
}

/** The overview at the top of a table's page: its subjects, grouped by status. */
export interface BoardKeyword {
  title: string;
  /** Key of the property whose preferred value is the status of a subject. */
  property?: string;
  /** Keys of properties shown before the status, if a subject has them. */
  first?: string[];
  /** Keys of properties shown beside the status. */
  columns?: string[];
  /** Title of the group of subjects without a status. */
  otherwise?: string;
}

/** The keywords of JSON Schema that Factpress reads; others are preserved. */
export interface Schema {
  [keyword: string]: unknown;
  type?: string | string[];
  title?: string;
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  references?: string;
  primaryKey?: string[];
  display?: string;
  role?: string;
  /** Whether the full-text search of the SQLite file covers this column. */
  search?: boolean;
  /** What the schema says about its allowed values. */
  values?: Record<string, DescribedValue>;
  board?: BoardKeyword;
}
