import type { TablePart } from "../../formats/format.ts";
import type { PartMemory } from "../part-memory.ts";

/** Encodes records from the tape that they are read into; the bytes equal those of the encoder of the same name. */
export interface ByteEncoder {
  /** Adds the record on the tape. Absent where the kernel does. */
  add?(): void;
  /** Adds a record that the encoder of that name has encoded by itself. */
  addEncoded(parts: readonly TablePart[]): void;
  /** The parts of all records since the last call, in memory that is theirs. */
  take(memory: PartMemory): TablePart[];
  /** Forgets them. */
  clear(): void;
}
