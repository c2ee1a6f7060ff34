import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { memoryAliases } from "../../../lib/adapters/memory/memory-aliases.ts";
import { edgeServer } from "../../../lib/edge/edge-server.ts";
import type { JsonRecord } from "../../../lib/formats/value.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";
import { ROOT, scratch, write } from "../../scratch.ts";
import { parquetOf } from "../../write-parquet.ts";

/**
 * What a lookup of one record by its key costs over HTTP, through the local edge. The reader is hyparquet with its page index, offset
 * index and Bloom filters on, 64 kB for the footer, and ranges that it asks for at once merged where at most 16 kB lie between them.
 */
const RECORDS = Number(process.env["FACTPRESS_LOOKUP_RECORDS"] ?? 1_000_000);
const FOOTER_BYTES = 64 * 1024;
const GAP_BYTES = 16 * 1024;
const BATCH = 5_000;

const text = { type: "string" };
const PLAN = planTable("facts", {
  properties: {
    entities: { type: "array", primaryKey: ["id"], items: { type: "object", properties: { id: text, label: text } } },
    facts: {
      type: "array",
      primaryKey: ["id"],
      items: {
        type: "object",
        required: ["id", "subject", "property", "certainty"],
        properties: {
          id: text,
          subject: { ...text, references: "entities" },
          property: { enum: ["joinedOn", "population", "status"] },
          value: { type: "object", properties: { date: { ...text, format: "edtf" }, number: { type: "number" }, text } },
          certainty: { enum: ["confirmed", "reported", "disputed"] },
          sources: { type: "array", items: text },
          note: text,
        },
      },
    },
  },
});
const LABELS = new Map([["entities", new Map(Array.from({ length: 5_000 }, (_, i) => [`entity-${i}`, `Entity ${i}`]))]]);
const WORDS = ["treaty", "envoy", "Zürich", "北京", "embassy opened", "plain text", "line one\nline two", "a, b"];

/** Scrambles the numbers below 2^32 without meeting one twice. */
const scramble = (i: number): number => Math.imul(i + 1, 0x9e3779b1) >>> 0;

function recordAt(i: number, id: string): JsonRecord {
  const random = scramble(i);
  const kind = i % 3;
  const words = [0, 3, 6].map((shift) => WORDS[(random >>> shift) % WORDS.length]);
  return {
    id,
    subject: `entity-${random % 5_000}`,
    property: ["joinedOn", "population", "status"][kind],
    value: kind === 0 ? { date: `20${10 + (i % 15)}-0${1 + (i % 9)}` } : kind === 1 ? { number: random % 1e6 } : { text: words[0] },
    certainty: ["confirmed", "reported", "disputed"][random % 3],
    sources: [`source-${i % 97}`, `source-${i % 89}`],
    note: `${words.join(" ")} ${random.toString(36).repeat(1 + (random % 12))}`,
  };
}

function* batches(idOf: (i: number) => string): Generator<JsonRecord[]> {
  for (let at = 0; at < RECORDS; at += BATCH)
    yield Array.from({ length: Math.min(BATCH, RECORDS - at) }, (_, i) => recordAt(at + i, idOf(at + i)));
}

interface Range {
  start: number;
  end: number;
  resolve(bytes: ArrayBuffer): void;
  reject(error: unknown): void;
}
interface Cost {
  requests: number;
  bytes: number;
}

/** A file at an address, as hyparquet reads it; counts requests and the bytes of their bodies. */
async function remoteFile(url: string, cost: Cost) {
  const ask = async (init: RequestInit): Promise<Response> => {
    cost.requests += 1;
    const response = await fetch(url, init);
    if (!response.ok) throw new Error(`${response.status}`);
    return response;
  };
  const byteLength = Number((await ask({ method: "HEAD" })).headers.get("content-length"));
  let waiting: Range[] = [];
  const fetchRun = async (run: Range[]): Promise<void> => {
    const start = Math.min(...run.map((range) => range.start));
    const end = Math.max(...run.map((range) => range.end));
    const response = await ask({ headers: { range: `bytes=${start}-${end - 1}` } });
    const bytes = await response.arrayBuffer();
    expect([response.status, bytes.byteLength]).toEqual([206, end - start]);
    cost.bytes += bytes.byteLength;
    for (const range of run) range.resolve(bytes.slice(range.start - start, range.end - start));
  };
  const flush = (): void => {
    const runs: Range[][] = [];
    let reached = Number.NEGATIVE_INFINITY;
    for (const range of waiting.sort((a, b) => a.start - b.start)) {
      if (range.start <= reached + GAP_BYTES) runs.at(-1)?.push(range);
      else runs.push([range]);
      reached = Math.max(reached, range.end);
    }
    waiting = [];
    for (const run of runs)
      fetchRun(run).catch((error: unknown) => {
        for (const { reject } of run) reject(error);
      });
  };
  return {
    byteLength,
    slice: (start: number, end = byteLength) =>
      new Promise<ArrayBuffer>((resolve, reject) => {
        if (waiting.push({ start, end, resolve, reject }) === 1) setImmediate(flush);
      }),
  };
}

interface Hyparquet {
  parquetMetadataAsync(file: object, options: object): Promise<object>;
  parquetReadObjects(options: object): Promise<{ id: string; subject: string }[]>;
}

describe(`a lookup by key in ${RECORDS.toLocaleString("en")} records`, () => {
  let hyparquet: Hyparquet;
  beforeAll(async () => {
    hyparquet = (await import(join(ROOT, "tests/suites/readers/node_modules/hyparquet/src/node.js"))) as Hyparquet;
  });

  /** Serves a file of records with these keys; looks some of them up, and returns what the dearest lookup costs. */
  async function dearest(idOf: (i: number) => string, numbers: readonly number[]): Promise<Cost & { fileBytes: number }> {
    const root = await scratch();
    const file = await parquetOf(PLAN, batches(idOf), LABELS);
    await write(root, { "d/1.0.0/facts.parquet": file });
    const server = edgeServer({ root, aliases: memoryAliases(new Map([["d/1.0.0", "released"]])) });
    // A lookup may compute longer than the default of 5 seconds; the next request would then use a connection that the server just closed.
    server.keepAliveTimeout = 0;
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/d/1.0.0/facts.parquet`;
    const costs: Cost[] = [];
    for (const i of numbers) {
      const cost = { requests: 0, bytes: 0 };
      const remote = await remoteFile(url, cost);
      const metadata = await hyparquet.parquetMetadataAsync(remote, { initialFetchSize: FOOTER_BYTES });
      const filter = { id: { $eq: idOf(i) } };
      const options = { usePageIndex: true, useOffsetIndex: true, useBloomFilters: true };
      const rows = await hyparquet.parquetReadObjects({ file: remote, metadata, filter, ...options });
      expect(rows).toEqual([expect.objectContaining({ id: idOf(i), subject: recordAt(i, "")["subject"] })]);
      costs.push(cost);
    }
    return {
      requests: Math.max(...costs.map(({ requests }) => requests)),
      bytes: Math.max(...costs.map(({ bytes }) => bytes)),
      fileBytes: file.length,
    };
  }

  const numbers = [0, 1, 0.1, 0.123456, 0.5, 0.777, 0.9].map((part) => (part === 1 ? RECORDS - 1 : Math.floor(part * RECORDS)));

  it("takes at most 12 requests and 300 kB if keys are in order", async () => {
    const cost = await dearest((i) => `f-${String(i).padStart(7, "0")}`, numbers);
    console.log("keys in order:", cost);
    expect(cost.requests).toBeLessThanOrEqual(12);
    expect(cost.bytes).toBeLessThanOrEqual(300_000);
  });

  it("uses the Bloom filter of each row group if keys are in random order", async () => {
    const cost = await dearest((i) => `f-${scramble(i).toString(16).padStart(8, "0")}`, numbers);
    console.log("keys in random order:", cost);
    // A small part of the file still: its Bloom filters hold a byte a record.
    expect(cost.bytes).toBeLessThan(cost.fileBytes / 8);
  });
});
