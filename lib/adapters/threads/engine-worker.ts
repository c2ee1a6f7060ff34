import { parentPort, workerData } from "node:worker_threads";
import type { BatchResult, EngineSetup, Task } from "../../engine/engine.ts";
import { createFastEngine } from "../../engine/fast/fast-engine.ts";
import type { Batch } from "../../json/record-batches.ts";
import { loadEncoders } from "./load-encoders.ts";

const setup = workerData as EngineSetup;
const engine = createFastEngine(setup, await loadEncoders(setup));

/** The buffers of a result that can be handed over without a copy, each once. Small ones share memory with others and cannot. */
function ownBuffers({ parts, keys }: BatchResult): ArrayBuffer[] {
  const { bytes, ends, fingerprints, looks } = keys;
  const arrays = [
    ...parts.flatMap((part) => part.chunks),
    ...(keys.count > 0 ? [bytes, ends, fingerprints] : []),
    ...(looks ? [looks] : []),
  ];
  const own = arrays.filter(({ buffer, byteLength }) => buffer.byteLength === byteLength);
  return [...new Set(own.map(({ buffer }) => buffer as ArrayBuffer))];
}

parentPort?.on("message", ({ batch, task }: { batch: Batch; task: Task }) => {
  const result = engine.run(batch, task);
  // The bytes go back to whoever cut the batch.
  parentPort?.postMessage({ result, bytes: batch.bytes }, [...ownBuffers(result), batch.bytes.buffer as ArrayBuffer]);
});
