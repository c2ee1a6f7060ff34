import type { Wording } from "./rules/rule.ts";

/** A problem of a dataset, and where to correct it. */
export interface Problem extends Wording {
  /** Path of the file, relative to the folder of the dataset, with forward slashes. */
  file: string;
  /** From 1; 0 for the whole file. */
  line: number;
  /** From 1, in UTF-16 code units; 0 for the whole file. */
  column: number;
  /** Path in the record, in column names: `value.date`. */
  field?: string;
}

export const wordedProblem = (file: string, wording: Wording): Problem => ({ file, line: 0, column: 0, ...wording });

export const fileProblem = (file: string, message: string, remedy?: string): Problem =>
  wordedProblem(file, { message, ...(remedy ? { remedy } : {}) });

export const compareProblems = (a: Problem, b: Problem): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;

/** The wording for an unexpected error during a check. */
export const internalProblem = (error: unknown): Wording => ({
  message: `Internal error: ${error instanceof Error ? error.message : String(error)}`,
  remedy: "This is a bug in Factpress. Please report it, with the dataset.",
  couldNotTell: true,
});
