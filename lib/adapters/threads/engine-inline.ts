import { createEngine } from "../../engine/engine.ts";
import type { StartEngine } from "../../ports/ports.ts";

/** Runs the engine in this thread, one batch after the other. */
export const engineHere: StartEngine = (setup) => {
  const engine = createEngine(setup);
  return { width: 1, run: async (batch, task) => engine.run(batch, task), find: engine.find, close: async () => {} };
};
