import type { Kernel } from "../../kernel/kernel.ts";
import type { Places } from "./column-places.ts";
import type { Names } from "./property-names.ts";
import type { Tape } from "./record-tape.ts";

/** The state of reading a record, which the parts of the byte engine share. */
export interface ReadingState {
  kernel: Kernel;
  tape: Tape;
  names: Names;
  places: Places;
}

/** Puts a path of names into the kernel; returns its address. */
export function putPath({ kernel, names }: Pick<ReadingState, "kernel" | "names">, path: readonly string[]): number {
  return kernel.put(Int32Array.from(path, (name) => names.add(name)));
}
