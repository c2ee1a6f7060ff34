import { parentPort, workerData } from "node:worker_threads";
import type { BatchResult, EngineSetup, Task } from "../../engine/engine.ts";
import { createByteEngine } from "../../engine/fast/byte-engine.ts";
import { PartMemory } from "../../engine/part-memory.ts";
import type { Batch } from "../../json/record-batches.ts";
import { loadEncoders } from "./load-encoders.ts";

const setup = workerData as EngineSetup;
const engine = createByteEngine(setup, await loadEncoders(setup));

/** A task for a thread: a batch, and shared memory for the encoded parts. */
export interface EngineTask {
  batch: Batch;
  task: Task;
  memory: Uint8Array | undefined;
}

/** The result of a task. The bytes of the batch are transferred back to the caller. */
export interface EngineAnswer {
  result: BatchResult;
  bytes: Uint8Array;
  /** Total bytes of the parts: the shared memory they need. */
  partBytes: number;
}

/** The buffers of a result that can be transferred, each once. Small arrays share Node's buffer pool and cannot be transferred. */
function ownBuffers({ parts, keys }: BatchResult): ArrayBuffer[] {
  const { bytes, ends, fingerprints, looks } = keys;
  const arrays = [
    ...parts.flatMap((part) => part.chunks),
    ...(keys.count > 0 ? [bytes, ends, fingerprints] : []),
    ...(looks ? [looks] : []),
  ];
  const own = arrays.filter(({ buffer, byteLength }) => buffer instanceof ArrayBuffer && buffer.byteLength === byteLength);
  return [...new Set(own.map(({ buffer }) => buffer as ArrayBuffer))];
}

parentPort?.on("message", ({ batch, task, memory: block }: EngineTask) => {
  const memory = new PartMemory(block);
  const result = engine.run(batch, task, memory);
  const answer: EngineAnswer = { result, bytes: batch.bytes, partBytes: memory.taken };
  parentPort?.postMessage(answer, [...ownBuffers(result), batch.bytes.buffer as ArrayBuffer]);
});
