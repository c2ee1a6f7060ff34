import type { TablePart } from "../../formats/format.ts";
import type { PartMemory } from "../part-memory.ts";

/** Encodes records from the tape; the bytes equal those of the encoder of the same name. */
export interface ByteEncoder {
  /** Adds the record on the tape. Missing if the kernel does. */
  add?(): void;
  /** Adds a record that the encoder of that name has encoded. */
  addEncoded(parts: readonly TablePart[]): void;
  /** The parts of all records since the last call, in memory that they own. */
  take(memory: PartMemory): TablePart[];
  /** Drops all records. */
  clear(): void;
}
