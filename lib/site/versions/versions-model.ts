import type { Changes } from "../../release/compose-changes.ts";

export interface ListedVersion {
  version: string;
  date: string | null;
  level: string;
  isNewest?: true;
  /** The release it was compared with, where that is not the one before it. */
  comparedWith?: string;
  /** Why it was withdrawn or removed. */
  withdrawn?: string;
  removed?: string;
}

/** What is needed to speak of the records of a table. */
interface DescribedTable {
  title: string;
  primaryKey: string[];
  /** Fields that name a record. */
  names: string[];
  /** The field that says how a record is ranked. */
  rank?: string;
  /** Field → its title, the tables that it refers to, and titles of its values. */
  fields: Record<string, { title: string; tables: string[]; titles: Record<string, string> }>;
}

/** Plain data, made when the page is written and read again in the browser. */
export interface VersionsModel {
  dataset: string;
  /** Newest first; the last fifty of them. */
  versions: ListedVersion[];
  /** How many there are. */
  total: number;
  changes?: Changes;
  /** Whether it is the page of the first release. */
  isFirst: boolean;
  tables: Record<string, DescribedTable>;
  /** Table → key of a record that others refer to → its label. */
  labels: Record<string, Record<string, string>>;
  /** Of the main table: key of a row → what it is about. */
  main?: string;
  /** One record of the main table: `fact`. */
  noun?: string;
  titles: Record<string, string>;
}
