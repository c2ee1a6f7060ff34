import type { Wording } from "./rules/rule.ts";

/** One thing that is wrong in a dataset, at the place where a person can mend it. */
export interface Problem extends Wording {
  /** Path of the file, relative to the folder of the dataset, with forward slashes. */
  file: string;
  /** Counted from 1; 0 where the whole file is meant. */
  line: number;
  /** Counted from 1, in UTF-16 code units; 0 where the whole file is meant. */
  column: number;
  /** Where in the record, in column names: `value.date`. */
  field?: string;
}

export const wordedProblem = (file: string, wording: Wording): Problem => ({ file, line: 0, column: 0, ...wording });

export const fileProblem = (file: string, message: string, remedy?: string): Problem =>
  wordedProblem(file, { message, ...(remedy ? { remedy } : {}) });

export const byPlace = (a: Problem, b: Problem): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;

/** What is said of data that the code stumbles over, and that a rule should have found: whatever throws where nothing but data comes in. */
export const internalError = (error: unknown): Wording => ({
  message: `Internal error: ${error instanceof Error ? error.message : String(error)}`,
  remedy: "This is a bug in Factpress. Please report it, with the dataset.",
});
