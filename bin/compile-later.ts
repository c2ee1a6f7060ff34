import { setFlagsFromString } from "node:v8";
import { WASM_TIERING_BUDGET } from "../lib/adapters/threads/wasm-tiering-budget.ts";

/**
 * Thresholds, in V8's units, of how long functions of JavaScript and of WebAssembly run before they are optimized: higher than Node 20's
 * defaults, and for WebAssembly those of later versions.
 */
const FLAGS = ["--interrupt-budget=1000000", `--wasm-tiering-budget=${WASM_TIERING_BUDGET}`];

/**
 * Makes V8 optimize code later in threads that start from now on. Node 20 optimizes so early that checking a small dataset spends more CPU
 * time on this than on anything else, without a benefit. Later versions optimize later by default, and lack a flag.
 */
export function compileLater(nodeVersion = process.versions.node): void {
  if (nodeVersion.startsWith("20.")) for (const flag of FLAGS) setFlagsFromString(flag);
}
