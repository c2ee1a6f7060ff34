/** The threshold, in V8's units, of how long functions of WebAssembly run before they are optimized: that of later versions than Node 20. */
export const WASM_TIERING_BUDGET = 13_000_000;
