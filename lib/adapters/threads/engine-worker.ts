import { parentPort, workerData } from "node:worker_threads";
import { createEngine, type EngineSetup, type Task } from "../../engine/engine.ts";
import type { Batch } from "../../json/record-batches.ts";

const engine = createEngine(workerData as EngineSetup);

parentPort?.on("message", ({ batch, task }: { batch: Batch; task: Task }) => {
  const result = engine.run(batch, task);
  // Small buffers share memory with others and cannot be handed over.
  const own = [...result.parts.values()]
    .map(({ buffer, byteLength }) => (buffer.byteLength === byteLength ? buffer : undefined))
    .filter((buffer) => buffer !== undefined);
  parentPort?.postMessage(result, own as ArrayBuffer[]);
});
