import type { ColumnMismatch } from "../diagnostics/column-mismatch.ts";
import type { Wording } from "../diagnostics/rules/rule.ts";
import type { EncodedPart } from "../formats/format.ts";
import type { LineSpan } from "../json/line-span.ts";
import { type KeyBatch, NO_KEYS } from "./key-batch.ts";

/** A problem in a batch. The caller knows the file. */
export interface BatchProblem extends Wording {
  line: number;
  column: number;
  field?: string;
  mismatch?: ColumnMismatch;
}

export interface BatchResult {
  records: number;
  /** Number of unreadable records, whose keys are not in `keys`. */
  unreadable: number;
  /** The bytes turned out not to be whole and valid records, so the rest of the result is meaningless. */
  undecided?: boolean;
  /** How far the bytes of a confirmed batch advance a position in the file. */
  span?: LineSpan;
  /** The batch has too many problems: the rest of it was not checked. */
  stopped: boolean;
  problems: BatchProblem[];
  /** Warnings. */
  warnings: BatchProblem[];
  /** The primary key of each readable record. */
  keys: KeyBatch;
  /** Distinct keys of other tables that records refer to, except for keys in the key tables of the setup. */
  references: Map<string, string[]>;
  /** Key → label, if requested. */
  labels: [string, string][];
  /** The encoded parts; empty if the batch has problems or the task is not `encode`. */
  parts: EncodedPart[];
  /** The line of each key of `keys`; empty unless the task is `locate`. */
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
