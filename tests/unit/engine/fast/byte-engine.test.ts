import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { loadEncoders } from "../../../../lib/adapters/threads/load-encoders.ts";
import type { BatchResult } from "../../../../lib/engine/batch-result.ts";
import { createEngine } from "../../../../lib/engine/engine.ts";
import { createByteEngine } from "../../../../lib/engine/fast/byte-engine.ts";
import { noProofCounts } from "../../../../lib/engine/fast/proof-counts.ts";
import type { Encode } from "../../../../lib/formats/format.ts";
import { type Batch, RecordBatches } from "../../../../lib/json/record-batches.ts";
import { Kernel } from "../../../../lib/kernel/kernel.ts";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";
import { compareEngines, plain } from "../../../engines/differences.ts";
import { ROOT } from "../../../scratch.ts";

const SCHEMA: Schema = {
  type: "object",
  properties: {
    t: {
      type: "array",
      primaryKey: ["id"],
      items: { type: "object", required: ["id"], properties: { id: { type: "string" }, n: { type: "number" }, text: { type: "string" } } },
    },
  },
};
const plan = planTable("t", SCHEMA);

function batchOf(...records: string[]): Batch {
  const cutter = new RecordBatches();
  const [batch] = [...cutter.push(Buffer.from(`[${records.join(",\n")}]`)), ...cutter.end()];
  if (!batch) throw new Error("no batch");
  return batch;
}

async function engines(of = plan) {
  const setup = { plan: of, labels: new Map(), encoders: [{ name: "csv" }, { name: "json" }, { name: "ndjson" }, { name: "sql-rows" }] };
  const encoders = await loadEncoders(setup);
  const proofs = noProofCounts();
  return { fast: createByteEngine(setup, encoders, proofs), simple: createEngine(setup, encoders), proofs };
}

describe("createByteEngine", () => {
  it("proves records, asks ajv for records that it cannot prove, and encodes both in order", async () => {
    const { fast, simple, proofs } = await engines();
    const batch = batchOf('{"id":"a","n":1}', '{"id":"b","n":1e2,"text":"=x"}', '{"id":"c","text":"é;"}');
    const result = fast.run(batch, "encode");
    expect(proofs).toEqual({ proved: 2, asked: 1, left: 0 });
    expect(plain(result)).toEqual(plain(simple.run(batch, "encode")));
    expect(Buffer.concat(result.parts[0]?.chunks ?? []).toString()).toBe("a,1,\r\nb,100,'=x\r\nc,,é;\r\n");
  });

  it.each([1, 2])("guards the formulas that the simple engine guards, in layout %i", async (layout) => {
    const starts = ["", "=", "+", "-", "@", "'", "\t", "\r", "\n", "＝", "＋", "a;", ";", "\\", "a;="];
    const nexts = ["", ";", "1", "1;", "1,5", ".", ".5", "/", ":", "x", " ", "=", "'", "\\", "\n", '"', "é", ";=x", ";-1", ";'"];
    const records = starts.flatMap((start, i) => nexts.map((next, k) => JSON.stringify({ id: `${i}-${k}`, text: start + next })));
    const { fast, simple } = await engines({ ...plan, layout });
    const [ours, theirs] = [fast, simple].map((engine) => plain(engine.run(batchOf(...records), "encode")));
    expect(ours).toEqual(theirs);
  });

  it("asks RE2 for texts that a pattern compiled for ASCII texts does not decide", async () => {
    const w: Schema = { type: "string", not: { pattern: "^.{1,80}$" } };
    const items: Schema = { type: "object", required: ["id"], properties: { id: { type: "string" }, w } };
    const { fast, simple, proofs } = await engines(
      planTable("t", { type: "object", properties: { t: { type: "array", primaryKey: ["id"], items } } }),
    );
    const batch = batchOf('{"id":"a","w":"é"}');
    expect(fast.run(batch, "check").problems).toHaveLength(1);
    expect(plain(fast.run(batch, "check"))).toEqual(plain(simple.run(batch, "check")));
    proofs.proved = 0;
    fast.run(batchOf('{"id":"a","w":""}'), "check");
    expect(proofs.proved).toBe(1);
  });

  it("leaves a batch with a problem to the simple engine", async () => {
    const { fast, simple, proofs } = await engines();
    const batch = batchOf('{"id":"a","n":1}', '{"id":5}');
    expect(plain(fast.run(batch, "encode"))).toEqual(plain(simple.run(batch, "encode")));
    expect(proofs.left).toBe(2);
    expect(fast.run(batch, "check").problems).toHaveLength(1);
  });

  it("indexes records with invalid values", async () => {
    const { fast, simple, proofs } = await engines();
    const batch = batchOf('{"id":"a","n":"x"}', '{"id":"b","n":1}');
    expect(plain(fast.run(batch, "index"))).toEqual(plain(simple.run(batch, "index")));
    expect(proofs).toEqual({ proved: 0, asked: 0, left: 0 });
  });

  it("leaves a batch to the simple engine if there is no space for its canonical text", async () => {
    const list = { type: "array", items: { type: "number" } };
    const items = { type: "object", required: ["id"], properties: { id: { type: "string" }, list } };
    const { fast, simple, proofs } = await engines(
      planTable("t", { type: "object", properties: { t: { type: "array", primaryKey: ["id"], items } } }),
    );
    const batch = batchOf(`{"id":"a","list":[${Array(100).fill("1e20").join()}]}`);
    expect(plain(fast.run(batch, "encode"))).toEqual(plain(simple.run(batch, "encode")));
    expect(proofs).toMatchObject({ proved: 0, left: 1 });
  });

  it("starts again after a rejected batch", async () => {
    const { fast, simple } = await engines();
    fast.run(batchOf('{"id":"a","n":1}', '{"id":5}'), "encode");
    const batch = batchOf('{"id":"b"}');
    expect(plain(fast.run(batch, "encode"))).toEqual(plain(simple.run(batch, "encode")));
  });

  it("collects keys, labels and references of records that the kernel rejects, in order with the others", async () => {
    const text: Schema = { type: "string" };
    const items: Schema = {
      type: "object",
      required: ["id"],
      properties: {
        id: text,
        label: text,
        n: { type: "number" },
        other: { ...text, references: "t" },
        others: { type: "array", items: { ...text, references: "t" } },
      },
    };
    const { fast, simple, proofs } = await engines(
      planTable("t", { type: "object", properties: { t: { type: "array", primaryKey: ["id"], items } } }),
    );
    const batch = batchOf(
      '{"id":"a","label":"A","other":"x"}',
      // Rejected, because JSON.stringify writes 1e2 differently.
      '{"id":"b","label":"B","n":1e2,"other":"y","others":["z","x"]}',
      '{"id":"c","others":["w"]}',
    );
    const result = fast.run(batch, "check");
    expect(proofs).toEqual({ proved: 2, asked: 1, left: 0 });
    const unnamed = batchOf('{"id":"a","label":"A"}', '{"label":"B"}');
    expect(fast.run(unnamed, "index").labels).toEqual([["a", "A"]]);
    expect(plain(result)).toEqual(plain(simple.run(batch, "check")));
    expect([...result.references]).toEqual([["t", ["x", "y", "z", "w"]]]);
    expect(result.labels).toEqual([
      ["a", "A"],
      ["b", "B"],
    ]);
  });

  it("writes decimals of Parquet like the simple engine", async () => {
    const price = { type: "number", multipleOf: 0.01, minimum: -1000, maximum: 1000 };
    const items = { type: "object", required: ["id"], properties: { id: { type: "string" }, price } };
    const priced = planTable("t", { type: "object", properties: { t: { type: "array", primaryKey: ["id"], items } } });
    const setup = { plan: priced, labels: new Map(), encoders: [{ name: "parquet" }] };
    const encoders = await loadEncoders(setup);
    const batch = batchOf('{"id":"a","price":12.34}', '{"id":"b"}', '{"id":"c","price":-0.5}');
    const [fast, simple] = [createByteEngine, createEngine].map((create) => create(setup, encoders).run(batch, "encode"));
    expect(plain(fast as BatchResult)).toEqual(plain(simple as BatchResult));
  });

  it("writes lists of values, references and objects like the simple engine", async () => {
    const text: Schema = { type: "string" };
    const items: Schema = {
      type: "object",
      required: ["id"],
      properties: {
        id: text,
        words: { type: "array", items: text },
        others: { type: "array", items: { ...text, references: "t" } },
        parts: { type: "array", items: { type: "object", properties: { a: text, b: { type: "integer" } } } },
      },
    };
    const { fast, simple, proofs } = await engines(
      planTable("t", { type: "object", properties: { t: { type: "array", primaryKey: ["id"], items } } }),
    );
    const batch = batchOf('{"id":"x","words":["u","=v"],"others":["y"],"parts":[{"a":"one","b":1},{"a":"=two"}]}', '{"id":"y","parts":[]}');
    const result = fast.run(batch, "encode");
    expect(proofs).toEqual({ proved: 2, asked: 0, left: 0 });
    expect(plain(result)).toEqual(plain(simple.run(batch, "encode")));
    const rows = result.parts.flatMap(({ encoder, table, chunks }) =>
      encoder === "csv" ? [[table, Buffer.concat(chunks).toString()]] : [],
    );
    expect(rows).toContainEqual(["t_parts", "x,one,1\r\nx,'=two,\r\n"]);
  });

  it("works when its memory grows, and with more values than it caches", async () => {
    const properties = {
      id: { type: "string" },
      label: { type: "string" },
      born: { type: "string", format: "edtf" },
      other: { type: "string", references: "t" },
      note: { type: "string" },
    };
    const items = { type: "object", required: ["id"], properties };
    const grown = planTable("t", { type: "object", properties: { t: { type: "array", primaryKey: ["id"], items } } });
    const labels = new Map([["t", new Map(Array.from({ length: 18_000 }, (_, i) => [`k-${i}`, `${"label ".repeat(40)}${i}`]))]]);
    const names = ["csv", "json", "ndjson", "sql-rows", "parquet"];
    const setup = { plan: grown, labels, encoders: names.map((name) => ({ name })) };
    const encoders = await loadEncoders(setup);
    // Whenever memory is reserved, all of it moves.
    const { reserve } = Kernel.prototype;
    vi.spyOn(Kernel.prototype, "reserve").mockImplementation(function (this: Kernel, bytes) {
      const address = reserve.call(this, bytes);
      this.code.memory.grow(1);
      expect(this.bytes.length).toBeGreaterThan(address + bytes);
      return address;
    });
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const proofs = noProofCounts();
    const [fast, simple] = [createByteEngine(setup, encoders, proofs), createEngine(setup, encoders)];
    const record = (i: number): string => {
      const note = i % 3 === 0 ? `=${i}` : `é;${"x".repeat(i % 500)}`;
      return JSON.stringify({
        id: `${"K".repeat(i % 70)}-${i}`,
        label: `Name ${i}`,
        born: `${1000 + (i % 900)}`,
        other: `k-${i % 18_000}`,
        note,
      });
    };
    for (let start = 0; start < 18_000; start += 2000) {
      const batch = batchOf(...Array.from({ length: 2000 }, (_, i) => record(start + i)));
      expect(plain(fast.run(batch, "encode"))).toEqual(plain(simple.run(batch, "encode")));
    }
    expect(proofs).toEqual({ proved: 18_000, asked: 0, left: 0 });
  });

  it("asks once for the label of each of many records that others refer to", async () => {
    const count = 30_000;
    const text: Schema = { type: "string" };
    const items = { type: "object", required: ["id"], properties: { id: text, other: { ...text, references: "t" }, label: text } };
    const labelled = planTable("t", { type: "object", properties: { t: { type: "array", primaryKey: ["id"], items } } });
    const names = new Map(Array.from({ length: count }, (_, i) => [`k-${i}`, `Name ${i}`]));
    const get = vi.spyOn(names, "get");
    const setup = { plan: labelled, labels: new Map([["t", names]]), encoders: [{ name: "csv" }, { name: "parquet" }] };
    const fast = createByteEngine(setup, await loadEncoders(setup));
    const batch = batchOf(...Array.from({ length: count }, (_, i) => JSON.stringify({ id: `${i}`, other: `k-${i}` })));
    for (let i = 0; i < 4; i += 1) fast.run(batch, "encode");
    get.mockClear();
    const again = fast.run(batch, "encode");
    expect(get).not.toHaveBeenCalled();
    expect(plain(again)).toEqual(plain(createByteEngine(setup, await loadEncoders(setup)).run(batch, "encode")));
  });

  it.each([1, 2])("joins the labels of lists as the simple engine does, and asks once for each, in layout %i", async (layout) => {
    const text: Schema = { type: "string" };
    const reference = { ...text, references: "t" };
    const properties = {
      id: text,
      label: text,
      others: { type: "array", items: { type: ["string", "null"], references: "t" } },
      sources: { type: "array", items: { type: "object", properties: { source: reference, place: text } } },
    };
    const items = { type: "object", required: ["id"], properties };
    const listed = { ...planTable("t", { type: "object", properties: { t: { type: "array", primaryKey: ["id"], items } } }), layout };
    const ordinary = ["Name", "Zürich", "two words", "a\ttab", "a = b", "x'y", "]", "1"];
    const special = ["a, b", "a;b", "a\\b", 'say "so"', "", "=1", "+1", "-", "@a", "'a", "＝1", "[", "[]", "\tx", "a\nb", "a\rb", "a;=b"];
    const names = new Map([...ordinary, ...special].map((label, i) => [`k-${i}`, label]));
    const keys = [...names.keys(), "missing"];
    const setup = { plan: listed, labels: new Map([["t", names]]), encoders: [{ name: "csv" }, { name: "parquet" }] };
    const encoders = await loadEncoders(setup);
    const [fast, simple] = [createByteEngine(setup, encoders), createEngine(setup, encoders)];
    const lists = [[], [null], [null, "k-0"], ...keys.flatMap((a) => [[a], ...keys.map((b) => [a, b]), [a, "k-1", "k-8"]])];
    const record = (others: (string | null)[], i: number): string =>
      JSON.stringify({
        ...{ id: `${i}`, others },
        sources: others.map((source, place) => ({ ...(source === null ? {} : { source }), place: `p. ${place}` })),
      });
    const batch = batchOf(...lists.map(record));
    expect(plain(fast.run(batch, "encode"))).toEqual(plain(simple.run(batch, "encode")));
    const get = vi.spyOn(names, "get");
    fast.run(batchOf(...lists.filter((list) => list.every((key) => ordinary.includes(names.get(key ?? "") ?? ""))).map(record)), "encode");
    get.mockClear();
    fast.run(batchOf(record(["k-0", "k-1", "k-8", "k-2"], 0), record(["k-3", "k-3"], 1)), "encode");
    expect(get).not.toHaveBeenCalled();
  });

  it("finds the first and last days of dates as the simple engine does", async () => {
    const edtf = { type: "string", format: "edtf" };
    const properties = { id: { type: "string" }, at: edtf, day: { type: "string", format: "date" } };
    const items = { type: "object", required: ["id"], properties };
    const dated = planTable("t", { type: "object", properties: { t: { type: "array", primaryKey: ["id"], items } } });
    const setup = { plan: dated, labels: new Map(), encoders: [{ name: "csv" }, { name: "parquet" }] };
    const encoders = await loadEncoders(setup);
    const [fast, simple] = [createByteEngine(setup, encoders), createEngine(setup, encoders)];
    const years = ["0000", "0004", "0999", "1000", "1600", "1700", "1899", "1900", "1970", "1999", "2000", "2023", "2024", "2100", "9999"];
    const pad = (number: number): string => `${number}`.padStart(2, "0");
    const days = years.flatMap((year) =>
      Array.from({ length: 12 }, (_, i) => i + 1).flatMap((month) =>
        [1, 2, 27, 28, 29, 30, 31]
          .filter((day) => day <= new Date(Date.UTC(2000 + (Number(year) % 400), month, 0)).getUTCDate())
          .map((day) => `${year}-${pad(month)}-${pad(day)}`),
      ),
    );
    const dates = [...years, ...days.map((day) => day.slice(0, 7)), ...days, "1999/2004-02", "2001-02-28/2001-03"];
    const records = dates.map((at, i) => JSON.stringify({ id: `${i}`, at, ...(at.length === 10 ? { day: at } : {}) }));
    const batch = batchOf(...records);
    const proofs = noProofCounts();
    expect(plain(fast.run(batch, "encode"))).toEqual(plain(simple.run(batch, "encode")));
    const again = createByteEngine(setup, encoders, proofs);
    again.run(batch, "encode");
    expect(proofs.left).toBe(0);
  });

  it("asks JavaScript for no plain date", async () => {
    const { addAsker } = Kernel.prototype;
    let asked = 0;
    vi.spyOn(Kernel.prototype, "addAsker").mockImplementation(function (this: Kernel, ask) {
      return addAsker.call(this, (entry) => {
        asked += 1;
        return ask(entry);
      });
    });
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const properties = { id: { type: "string" }, at: { type: "string", format: "edtf" } };
    const items = { type: "object", required: ["id"], properties };
    const dated = planTable("t", { type: "object", properties: { t: { type: "array", primaryKey: ["id"], items } } });
    const setup = { plan: dated, labels: new Map(), encoders: [{ name: "csv" }, { name: "parquet" }] };
    const fast = createByteEngine(setup, await loadEncoders(setup));
    fast.run(batchOf('{"id":"a","at":"2024-02-03"}', '{"id":"b","at":"2024-02"}', '{"id":"c","at":"1066"}'), "encode");
    expect(asked).toBe(0);
    fast.run(batchOf('{"id":"d","at":"2024-02-29"}'), "encode");
    expect(asked).toBe(4);
  });

  it("distinguishes answers of columns and values with the same hash", async () => {
    const { addAsker } = Kernel.prototype;
    vi.spyOn(Kernel.prototype, "addAsker").mockImplementation(function (this: Kernel, ask) {
      const asker = addAsker.call(this, ask);
      if (asker === 0) this.code.openAnswerCache(this.reserveZero(16 * 4096), 4096, this.reserve(1 << 16), 1 << 15, 0);
      return asker;
    });
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const date = { type: "string", format: "edtf" };
    const properties = {
      id: { type: "string" },
      born: date,
      died: date,
      other: { type: "string", references: "t" },
      label: { type: "string" },
    };
    const dated = planTable("t", {
      type: "object",
      properties: { t: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties } } },
    });
    const years = Array.from({ length: 40 }, (_, i) => `${1990 + i}`);
    const setup = {
      plan: dated,
      labels: new Map([["t", new Map(years.map((year) => [year, `The year ${year}`]))]]),
      encoders: [{ name: "csv" }, { name: "parquet" }],
    };
    const encoders = await loadEncoders(setup);
    const proofs = noProofCounts();
    const [fast, simple] = [createByteEngine(setup, encoders, proofs), createEngine(setup, encoders)];
    const records = years.map((year, i) => JSON.stringify({ id: year, born: year, died: years[(7 * i) % 40], other: years[39 - i] }));
    for (const batch of [batchOf(...records), batchOf(...records.toReversed())])
      expect(plain(fast.run(batch, "encode"))).toEqual(plain(simple.run(batch, "encode")));
    expect(proofs).toEqual({ proved: 80, asked: 0, left: 0 });
  });

  it("passes records to encoders that do not work on bytes", async () => {
    const seen: Parameters<Encode>[0][] = [];
    const encoders = new Map([
      [
        "other",
        (input: Parameters<Encode>[0]) => {
          seen.push(input);
          return [];
        },
      ],
    ]);
    const fast = createByteEngine({ plan, labels: new Map(), encoders: [{ name: "other" }] }, encoders);
    fast.run(batchOf('{"id" : "a"}', '{"id":"b","n":1e2}'), "encode");
    expect(seen).toEqual([{ records: [{ id: "a" }, { id: "b", n: 100 }], lines: ['{"id":"a"}', '{"id":"b","n":100}'], labels: new Map() }]);
  });

  it("equals the simple engine on generated schemas and mutated records", async () => {
    const { records, proved, batches, differences } = await compareEngines(Number(process.env["FACTPRESS_ENGINE_RECORDS"] ?? 3000), 1);
    expect(differences).toEqual([]);
    // Most mutated records are invalid; the others must pass.
    expect(batches).toBeGreaterThan(records / 3);
    expect(proved).toBeGreaterThan(records / 10);
  });

  it("proves every record of the Abraham Accords", async () => {
    const folder = join(ROOT, "data/abraham-accords");
    const schema = JSON.parse(readFileSync(join(folder, "schema.json"), "utf8")) as Schema;
    const proofs = noProofCounts();
    for (const name of Object.keys(schema.properties ?? {})) {
      const files = name === "facts" ? readdirSync(join(folder, name)).map((file) => join(name, file)) : [`${name}.json`];
      const engine = createByteEngine({ plan: planTable(name, schema), labels: new Map(), encoders: [] }, new Map(), proofs);
      for (const file of files) {
        const cutter = new RecordBatches();
        for (const batch of [...cutter.push(readFileSync(join(folder, file))), ...cutter.end()]) engine.run(batch, "check");
      }
    }
    expect(proofs.proved).toBeGreaterThan(400);
    expect([proofs.asked, proofs.left]).toEqual([0, 0]);
  });
});
