import type { ColumnMismatch } from "../diagnostics/column-mismatch.ts";
import type { Wording } from "../diagnostics/rules/rule.ts";
import type { EncodedPart } from "../formats/format.ts";
import type { LineSpan } from "../json/line-span.ts";
import { type KeyBatch, NO_KEYS } from "./key-batch.ts";

/** A problem in a batch; the caller knows the file. */
export interface BatchProblem extends Wording {
  line: number;
  column: number;
  field?: string;
  mismatch?: ColumnMismatch;
}

export interface BatchResult {
  records: number;
  /** Number of unreadable records: their keys are not in `keys`. */
  unreadable: number;
  /** The batch was not confirmed: it may not contain whole and valid records, and the rest of the result is meaningless. */
  undecided?: boolean;
  /** How far the bytes of a confirmed batch advance a position. */
  span?: LineSpan;
  /** The batch has too many problems: the rest of it was not checked. */
  stopped: boolean;
  problems: BatchProblem[];
  /** Warnings. */
  warnings: BatchProblem[];
  /** The primary key of each readable record. */
  keys: KeyBatch;
  /** Distinct keys of other tables that records refer to, without those in the key tables of the setup. */
  references: Map<string, string[]>;
  /** Key → label, if requested. */
  labels: [string, string][];
  /** The encoded parts; empty if the batch has problems or the task is not to encode. */
  parts: EncodedPart[];
  /** The line of each key of `keys`; empty unless the task is to locate. */
  lines: number[];
}

export const emptyBatchResult = (): BatchResult => ({
  records: 0,
  unreadable: 0,
  stopped: false,
  problems: [],
  warnings: [],
  keys: NO_KEYS,
  references: new Map(),
  labels: [],
  parts: [],
  lines: [],
});
