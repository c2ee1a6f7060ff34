import type { GroupedChanges } from "./group-changes.ts";

export interface ListedVersion {
  version: string;
  date: string | null;
  level: string;
  isNewest?: true;
  /** What changed in it, in a sentence. */
  summary?: string;
  /** The release that it was compared with, if that is not the one before it. */
  comparedWith?: string;
  /** The reason why it was withdrawn or removed. */
  withdrawn?: string;
  removed?: string;
}

/** Describes the records of a table. */
interface DescribedTable {
  title: string;
  /** For one record and for several. */
  noun: [one: string, many: string];
  primaryKey: string[];
  /** Columns that identify a record. */
  names: string[];
  /** The column with the rank of a record. */
  rank?: string;
  /** Column → its title, the tables that it refers to, and the titles of its values. */
  fields: Record<string, { title: string; tables: string[]; titles: Record<string, string> }>;
}

/** Plain data, made when the page is rendered and read again in the browser. */
export interface VersionsModel {
  dataset: string;
  /** Address of the script that composes the changes between two versions. */
  composer: string;
  /** The newest fifty, newest first. */
  versions: ListedVersion[];
  /** Number of all versions. */
  total: number;
  changes?: GroupedChanges;
  /** Whether it is the page of the first release. */
  isFirst: boolean;
  tables: Record<string, DescribedTable>;
  /** Table → key of a referenced record → its label. */
  labels: Record<string, Record<string, string>>;
  /** The main table. */
  main?: string;
  titles: Record<string, string>;
}
