import type { TablePart } from "../../formats/format.ts";
import type { PartMemory } from "../part-memory.ts";

/** Encodes records from the tape. The bytes equal those of the encoder of the same name. */
export interface ByteEncoder {
  /** Adds the record on the tape. Undefined if the kernel does this. */
  add?(): void;
  /** Adds a record that the encoder of the same name has encoded. */
  addEncoded(parts: readonly TablePart[]): void;
  /** The parts of all records since the last call, in memory of their own. */
  take(memory: PartMemory): TablePart[];
  /** Drops all records. */
  clear(): void;
}
