import { countPublished } from "./count-published.ts";
import { countRecords } from "./record-noun.ts";
import { shapeText } from "./shape-text.ts";

/** The words of a difference. */
export interface DifferenceWording {
  /** A number of records of a table. */
  counted(count: number, table: string): string;
  /** A sentence about columns, files or descriptions. */
  shape(sentence: string): string;
}

/** For terminals and comments. */
export const CURRENT_WORDING: DifferenceWording = { counted: countRecords, shape: shapeText };

/** For the files of releases, which never change. */
export const PUBLISHED_WORDING: DifferenceWording = { counted: countPublished, shape: (sentence) => sentence };
