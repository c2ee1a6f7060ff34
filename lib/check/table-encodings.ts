import type { BatchResult, Task } from "../engine/engine.ts";
import { keyBatchTexts } from "../engine/key-batch.ts";
import type { EncodedPart, EncoderRef } from "../formats/format.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import type { TableIndex } from "./index-table.ts";

/** Encodes valid records in the pass that checks them. */
export interface Encoding {
  encoders: readonly EncoderRef[];
  /** Whether it needs the parts of a table. Default: all tables. */
  accepts?(plan: TablePlan): boolean;
  /** Writes the parts of a batch; tables come in schema order, batches in order. Not called once there are problems. */
  write(plan: TablePlan, parts: readonly EncodedPart[]): Promise<void>;
}

/** Key → file and line of the record. */
export type RecordLocations = Map<string, { file: string; line: number }>;

/** Finds the location of every record of a table. */
export interface Locate {
  table: string;
  maxRecords: number;
  /** Filled during the pass; undefined once the table has too many records. */
  locations: RecordLocations | undefined;
}

/** Tasks in the same pass as the check. */
export interface TableTasks {
  /** Whether to read a table. Default: all. Others are read only for their keys, if a read table refers to them. */
  reads?(table: string): boolean;
  /** The tables whose indexes are shared by several runs, each with its index once a run has made it. Default: none. */
  indexes?: Map<string, TableIndex | undefined>;
  encodings?: readonly Encoding[];
  locate?: Locate | undefined;
}

/**
 * Locating records is slow: files are scanned for cuts, and records are parsed. Tables of at least this size usually have too
 * many records, so these are located in another pass, if at all.
 */
const LOCATED_LATER_BYTES = 25 * 1024 * 1024;

/** The encodings of one table, and the locations of its records. */
export class TableEncodings {
  readonly encoders: readonly EncoderRef[];
  readonly #plan: TablePlan;
  readonly #encodings: readonly Encoding[];
  readonly #locate: Locate | undefined;
  readonly #isLocatedLater: boolean;

  /** `bytes`: the size of its files. */
  constructor(plan: TablePlan, { encodings = [], locate }: TableTasks, bytes: number) {
    this.#plan = plan;
    this.#encodings = encodings.filter((encoding) => encoding.accepts?.(plan) ?? true);
    const encoders = this.#encodings.flatMap((encoding) => encoding.encoders);
    this.encoders = [...new Map(encoders.map((encoder) => [encoder.name, encoder])).values()];
    this.#locate = locate?.table === plan.name ? locate : undefined;
    this.#isLocatedLater = bytes >= LOCATED_LATER_BYTES;
  }

  /** The task of the next batch. */
  get task(): Task {
    return this.#locate?.locations && !this.#isLocatedLater ? "locate" : this.encoders.length > 0 ? "encode" : "check";
  }

  /** Whether the records have to be located in another pass, now that their number is known. Drops the locations if there are too many. */
  needsLocatingPass(records: number): boolean {
    if (!this.#isLocatedLater || !this.#locate) return false;
    if (records > this.#locate.maxRecords) this.#locate.locations = undefined;
    return this.#locate.locations !== undefined;
  }

  async write(file: string, result: BatchResult): Promise<void> {
    if (!this.#isLocatedLater) this.addLocations(file, result);
    const { parts } = result;
    for (const encoding of this.#encodings) {
      const own = parts.filter(({ encoder }) => encoding.encoders.some(({ name }) => name === encoder));
      await encoding.write(this.#plan, own);
    }
  }

  /** Adds the locations of the records of a batch that was located. */
  addLocations(file: string, { keys, lines }: Pick<BatchResult, "keys" | "lines">): void {
    if (!this.#locate?.locations) return;
    const { locations, maxRecords } = this.#locate;
    for (const [i, key] of keyBatchTexts(keys).entries()) locations.set(key, { file, line: lines[i] as number });
    if (locations.size > maxRecords) this.#locate.locations = undefined;
  }
}
