import { setFlagsFromString } from "node:v8";

/**
 * How long code has to run before V8 optimizes it, in its own units, if that is longer than V8's default: functions of JavaScript, and of
 * WebAssembly (as later versions of V8 do it).
 */
const FLAGS = ["--interrupt-budget=1000000", "--wasm-tiering-budget=13000000"];

/**
 * Lets V8 optimize code later in threads that are started from now on. Node 20 optimizes so early that a check of a small dataset, which is over
 * before that pays off, spends more CPU on it than on anything else. Later versions wait longer themselves, and lack a flag.
 */
export function compileLater(nodeVersion = process.versions.node): void {
  if (nodeVersion.startsWith("20.")) for (const flag of FLAGS) setFlagsFromString(flag);
}
