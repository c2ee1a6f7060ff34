import { parentPort, workerData } from "node:worker_threads";
import type { BatchResult, EngineSetup, Task } from "../../engine/engine.ts";
import { createFastEngine } from "../../engine/fast/fast-engine.ts";
import type { Batch } from "../../json/record-batches.ts";
import { loadEncoders } from "./load-encoders.ts";

const setup = workerData as EngineSetup;
const engine = createFastEngine(setup, await loadEncoders(setup));

/** The buffers of a result that can be handed over without a copy, each once. Small ones share memory with others and cannot. */
function ownBuffers({ parts }: BatchResult): ArrayBuffer[] {
  const chunks = parts.flatMap((part) => part.chunks).filter(({ buffer, byteLength }) => buffer.byteLength === byteLength);
  return [...new Set(chunks.map(({ buffer }) => buffer as ArrayBuffer))];
}

parentPort?.on("message", ({ batch, task }: { batch: Batch; task: Task }) => {
  const result = engine.run(batch, task);
  parentPort?.postMessage(result, ownBuffers(result));
});
