import { createEngine } from "../../engine/engine.ts";
import { createByteEngine } from "../../engine/fast/byte-engine.ts";
import type { StartEngine } from "../../ports/ports.ts";
import { loadEncoders } from "./load-encoders.ts";

/** Runs the engine in the calling thread. */
export const inlineEngine: StartEngine = (setup) => {
  const loaded = loadEncoders(setup).then((encoders) => createByteEngine(setup, encoders));
  // A module that fails to load fails every batch. It must not end the process before the first batch.
  loaded.catch(() => {});
  const finder = createEngine(setup);
  return {
    width: 1,
    run: async (batch, task) => (await loaded).run(batch, task),
    release() {},
    find: finder.find,
    close: async () => {},
  };
};
