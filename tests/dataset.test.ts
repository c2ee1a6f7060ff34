import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeyIndex } from "../lib/check/key-index.ts";
import { MAX_RECORD_BYTES, RecordBatches } from "../lib/json/record-batches.ts";
import { edtfDays } from "../lib/schema/edtf-days.ts";

const batches = (text: string, chunk: number, size = 64): { texts: string[]; places: string[]; broken: string | undefined } => {
  const cutter = new RecordBatches(size);
  const bytes = Buffer.from(text);
  const found = [];
  for (let i = 0; i < bytes.length; i += chunk) found.push(...cutter.push(bytes.subarray(i, i + chunk)));
  found.push(...cutter.end());
  return {
    texts: found.map((batch) => Buffer.from(batch.bytes).toString()),
    places: found.map(({ line, column }) => `${line}:${column}`),
    broken: cutter.broken?.message,
  };
};

describe("edtfDays", () => {
  it.each([
    ["2020", "2020-01-01", "2020-12-31"],
    ["2020-02", "2020-02-01", "2020-02-29"],
    ["2021-02", "2021-02-01", "2021-02-28"],
    ["2020-12-22", "2020-12-22", "2020-12-22"],
    ["1993/2020-12-14", "1993-01-01", "2020-12-14"],
  ])("reads %s as the days it covers", (text, start, end) => {
    expect(edtfDays(text)).toEqual({ start, end });
  });

  it.each(["2021-02-30", "2021-13", "2021-00", "21", "2021-1-1", "2020/2019", "2020/", "/2020", "2020-12-22T10:00:00Z", "1900-02-29", ""])(
    "refuses %s",
    (text) => {
      expect(edtfDays(text)).toBeUndefined();
    },
  );
});

describe("RecordBatches", () => {
  const anyRecords = fc.array(
    fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: "binary" }), fc.double({ noNaN: true }), fc.array(fc.string()), fc.boolean())),
    { minLength: 1 },
  );

  it("cuts at the same places regardless of chunk boundaries, and loses nothing", () => {
    fc.assert(
      fc.property(anyRecords, fc.integer({ min: 1, max: 40 }), fc.boolean(), (records, chunk, pretty) => {
        const text = JSON.stringify(records, null, pretty ? 2 : 0);
        const found = batches(text, chunk);
        expect(found).toEqual(batches(text, text.length * 4 + 1));
        expect(found.broken).toBeUndefined();
        expect(found.texts.flatMap((part) => JSON.parse(`[${part}]`) as unknown[])).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });

  it("reports the line and column at which a batch starts", () => {
    expect(batches('[\n  {"a": 1},\n  {"b": "x\\"}\\n"}\n]\n', 3, 8).places).toEqual(["2:3", "3:3"]);
  });

  it.each([
    ["", "The file is empty"],
    ["{}", "The file must be a list of records, but starts with {"],
    ["[{}", "The list of records is not closed"],
    ['[{"a":', "The file ends before this { is closed"],
    ["[{},", "The list of records is not closed"],
    ["[{},]", "Trailing comma before the closing ]"],
    ["[,{}]", "The list starts with a comma"],
    ["[{},,{}]", "Two commas between records"],
    ["[{}] x", "The list ends before this"],
    ["[}]", "Closing } without an opening {"],
    ["\ufeff[]", "The file starts with a byte order mark"],
  ])("reports what breaks the list in %j", (text, message) => {
    expect(batches(text, 1).broken).toBe(message);
  });

  it("counts columns in UTF-16 code units, regardless of chunk boundaries", () => {
    const text = '[{"a": "é😀"}, {"b": "é😀"}} ]';
    for (const chunk of [1, 3, 1000]) {
      const cutter = new RecordBatches(15);
      const found = [];
      for (let i = 0; i < Buffer.byteLength(text); i += chunk) found.push(...cutter.push(Buffer.from(text).subarray(i, i + chunk)));
      found.push(...cutter.end());
      expect(found.map(({ column }) => column)).toEqual([text.indexOf('{"a"') + 1, text.indexOf('{"b"') + 1]);
      expect(cutter.broken?.column).toBe(text.indexOf("} ]") + 1);
    }
  });

  it("does not keep an endless record in memory", () => {
    const cutter = new RecordBatches();
    cutter.push(Buffer.from('[{"a": "'));
    for (let i = 0; i < 20 && !cutter.broken; i += 1) cutter.push(Buffer.alloc(1024 * 1024, "x"));
    expect(cutter.broken?.message).toContain(`longer than ${MAX_RECORD_BYTES / 1024 / 1024} MiB`);
  });
});

describe("KeyIndex", () => {
  it("distinguishes keys both as text and as hashes", () => {
    const keys = new KeyIndex();
    for (let i = 0; i < 120_000; i += 1) expect(keys.add(`key-${i}`)).toBe(i);
    for (let i = 0; i < 120_000; i += 997) {
      expect(keys.get(`key-${i}`)).toBe(i);
      expect(keys.add(`key-${i}`)).toBeUndefined();
      expect(keys.has(`key-${i}x`)).toBe(false);
    }
  });
});
