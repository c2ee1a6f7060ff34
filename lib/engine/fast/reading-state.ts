import type { Kernel } from "../../kernel/kernel.ts";
import type { Names } from "./names.ts";
import type { Places } from "./places.ts";
import type { Tape } from "./tape.ts";

/** Where the record is that is read: what the parts of the byte engine share. */
export interface ReadingState {
  kernel: Kernel;
  tape: Tape;
  names: Names;
  places: Places;
}

/** Where the kernel has a path of names. */
export function putPath({ kernel, names }: Pick<ReadingState, "kernel" | "names">, path: readonly string[]): number {
  return kernel.put(Int32Array.from(path, (name) => names.add(name)));
}
