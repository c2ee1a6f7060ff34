import type { ColumnMismatch } from "../diagnostics/column-mismatch.ts";
import type { Wording } from "../diagnostics/rules/rule.ts";
import type { EncodedPart } from "../formats/format.ts";
import type { LineSpan } from "../json/line-span.ts";
import type { KeyBatch } from "./key-batch.ts";

/** A problem in a batch; the caller knows the file. */
export interface BatchProblem extends Wording {
  line: number;
  column: number;
  field?: string;
  mismatch?: ColumnMismatch;
}

export interface BatchResult {
  records: number;
  /** Records that could not be read: their keys are not among `keys`. */
  unreadable: number;
  /** The batch was not confirmed: the engine cannot say that it holds whole and valid records, and nothing else of the result counts. */
  undecided?: boolean;
  /** How far the bytes of a batch that is confirmed by this move a position. */
  span?: LineSpan;
  /** The batch has so many problems that the rest of it was not checked. */
  stopped: boolean;
  problems: BatchProblem[];
  /** What only looks wrong. */
  warnings: BatchProblem[];
  /** The primary key of each record that could be read. */
  keys: KeyBatch;
  /** Keys of other tables that records refer to, each once. Those in the key tables of the setup are left out: they exist. */
  references: Map<string, string[]>;
  /** Key → label, where they are asked for. */
  labels: [string, string][];
  /** What the encoders made of the records; empty where the batch has problems or the task is not to encode. */
  parts: EncodedPart[];
  /** The line of each key of `keys`; empty unless the task is to locate. */
  lines: number[];
}
