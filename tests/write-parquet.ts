import type { Labels } from "../lib/formats/labels.ts";
import { createEncoder } from "../lib/formats/parquet/encoder.ts";
import { finishParquet, openParquet } from "../lib/formats/parquet/open-parquet.ts";
import type { JsonRecord } from "../lib/formats/value.ts";
import type { TablePlan } from "../lib/schema/table-plan.ts";

/** Records in batches of these sizes, over and over. */
export function* inBatches(records: readonly JsonRecord[], sizes: readonly number[] = [700]): Generator<JsonRecord[]> {
  for (let at = 0, i = 0; at < records.length; i += 1) {
    const batch = records.slice(at, at + (sizes[i % sizes.length] as number));
    yield batch;
    at += batch.length;
  }
}

/** The Parquet file of some records. */
export async function parquetOf(plan: TablePlan, batches: Iterable<JsonRecord[]>, labels: Labels = new Map()): Promise<Buffer> {
  const encode = createEncoder(plan);
  const unfinished = await written(async (write) => {
    const writer = await openParquet(plan, { write });
    for (const records of batches) for (const part of encode({ records, lines: [], labels })) await writer.write(part);
    await writer.close();
  });
  const file = {
    bytes: unfinished.length,
    async *read() {
      yield unfinished;
    },
    slice: async (start: number, end: number) => unfinished.subarray(start, end),
  };
  const release = { dataset: "test", version: "1.2.3", commit: "c".repeat(40), generator: "0.0.0" };
  return written((write) => finishParquet(plan, file, release, { write }));
}

async function written(run: (write: (bytes: Uint8Array) => Promise<void>) => Promise<void>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await run(async (bytes) => void chunks.push(Buffer.from(bytes)));
  return Buffer.concat(chunks);
}
