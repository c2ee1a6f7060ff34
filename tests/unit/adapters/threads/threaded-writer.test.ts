import { describe, expect, it } from "vitest";
import { threadedWriter } from "../../../../lib/adapters/threads/threaded-writer.ts";
import { csvFormat } from "../../../../lib/formats/csv/csv-format.ts";
import type { Output, TableFile, TablePart } from "../../../../lib/formats/format.ts";
import { createEncoder } from "../../../../lib/formats/parquet/encoder.ts";
import { parquetFormat } from "../../../../lib/formats/parquet/parquet-format.ts";
import type { JsonRecord } from "../../../../lib/formats/value.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";

const plan = planTable("t", {
  type: "object",
  properties: {
    t: { type: "array", primaryKey: ["id"], items: { type: "object", properties: { id: { type: "string" }, text: { type: "string" } } } },
  },
});
const file: TableFile = { name: "t.parquet", format: parquetFormat, plan };

/** Batches of a thousand records, about 50 kB each. */
function* parts(batches: number): Generator<TablePart> {
  const encode = createEncoder(plan);
  for (let batch = 0; batch < batches; batch += 1) {
    const records = Array.from(
      { length: 1000 },
      (_, i): JsonRecord => ({ id: `${batch}-${i}`, text: `text ${(batch * i) % 977}`.padEnd(40, "x") }),
    );
    yield* encode({ records, lines: [], labels: new Map() });
  }
}

function bytesIn(chunks: Uint8Array[]): Output {
  return {
    async write(bytes) {
      chunks.push(new Uint8Array(bytes));
    },
    createTemporary: () => Promise.reject(new Error("not asked for")),
  };
}

async function written(
  open: (file: TableFile, output: Output) => Promise<{ write(part: TablePart): Promise<void>; close(): Promise<void> }>,
  batches: number,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const writer = await open(file, bytesIn(chunks));
  for (const part of parts(batches)) await writer.write(part);
  await writer.close();
  return Buffer.concat(chunks);
}

describe("threadedWriter", () => {
  it.each([0, 3, 150])("writes the bytes that the format writes, of %i batches", async (batches) => {
    const here = await written((...args) => parquetFormat.open(...args), batches);
    expect((await written(threadedWriter, batches)).equals(here)).toBe(true);
    expect(here.length).toBeGreaterThan(batches * 100);
  });

  it("does not wrap fast formats, or those of others", async () => {
    const chunks: Uint8Array[] = [];
    const own = { ...parquetFormat, open: async () => ({ write: async () => {}, close: async () => {} }) };
    const writer = await threadedWriter({ ...file, format: own }, bytesIn(chunks));
    for (const part of parts(150)) await writer.write(part);
    await writer.close();
    expect(chunks).toEqual([]);
    await threadedWriter({ ...file, format: csvFormat }, bytesIn(chunks));
    expect(Buffer.concat(chunks).toString()).toBe("id,text\r\n");
  });

  it("fails with the error of the thread, and with that of the output", async () => {
    const damaged = async (): Promise<void> => {
      const writer = await threadedWriter(file, bytesIn([]));
      for (const part of parts(150)) await writer.write({ ...part, chunks: [new Uint8Array(100_000).fill(255)] });
      await writer.close();
    };
    await expect(damaged()).rejects.toThrow("Offset is outside the bounds of the DataView");
    const full = async (): Promise<void> => {
      const output = { ...bytesIn([]), write: () => Promise.reject(new Error("no space left")) };
      const writer = await threadedWriter(file, output);
      for (const part of parts(150)) await writer.write(part);
      await writer.close();
    };
    await expect(full()).rejects.toThrow("no space left");
  });

  it("can be ended before its file is", async () => {
    const writer = await threadedWriter(file, bytesIn([]));
    for (const part of parts(150)) await writer.write(part);
    await writer.abort?.();
  });
});
