import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../../../lib/engine/fast/byte-writer.ts";
import { FormReader } from "../../../../lib/engine/fast/form-reader.ts";
import { FormTree } from "../../../../lib/engine/fast/form-tree.ts";
import { Names } from "../../../../lib/engine/fast/names.ts";
import { RecordScanner } from "../../../../lib/engine/fast/record-scanner.ts";
import { Tape } from "../../../../lib/engine/fast/tape.ts";

const names = new Names();

/** What is on a tape, with the canonical text of each value. */
function entries(tape: Tape, text: Buffer): unknown[] {
  return Array.from({ length: tape.size }, (_, i) => [
    tape.kinds[i],
    tape.names[i],
    tape.holds[i],
    tape.nexts[i],
    text.toString("utf8", tape.starts[i], tape.ends[i]),
  ]);
}

function scanned(text: string): unknown[] {
  const [tape, out] = [new Tape(), new ByteWriter(8)];
  expect(new RecordScanner(tape, names, 2, out).scan(Buffer.from(text), 0)).toBeGreaterThan(0);
  return entries(tape, out.bytes);
}

/** A reader that knows the forms of some records. */
function reading(known: readonly string[]): (text: string) => unknown[] | undefined {
  const [tape, out, tree] = [new Tape(), new ByteWriter(8), new FormTree()];
  const scanner = new RecordScanner(tape, names, 2, out);
  for (const text of known) {
    out.length = 0;
    expect(scanner.scan(Buffer.from(text), 0)).toBe(Buffer.byteLength(text));
    tree.add(tape, Buffer.from(text), out.bytes, () => ({ tape: tape.form(), places: new Int32Array(), remaining: [] }));
  }
  const reader = new FormReader(tree, { tape, out, layout: 2 });
  return (text) => {
    out.length = 0;
    // Behind another record, so that offsets are not by chance the same.
    const bytes = Buffer.from(`{},${text}`);
    reader.open(bytes);
    if (!reader.read(3)) return undefined;
    expect(reader.end).toBe(bytes.length);
    if (!reader.isRewritten) expect(text).toBe(JSON.stringify(JSON.parse(text)));
    return entries(tape, reader.isRewritten ? out.bytes : bytes);
  };
}

describe("FormReader", () => {
  it.each([
    ["strings and numbers", '{"a":"x","b":1,"c":-1.5}', '{"a":"long \\"er\\", é;","b":123,"c":0.25}'],
    ["objects and lists", '{"a":{"b":{"c":"x"}},"d":["x",[1,[]],{}],"e":1}', '{"a":{"b":{"c":""}},"d":["",[2,[]],{}],"e":0}'],
    ["words", '{"a":true,"b":[null,false],"c":{"d":null}}', '{"a":true,"b":[null,false],"c":{"d":null}}'],
    ["white space", '{ "a" : "x",\r\n\t"b": [ 1 , { "c" : null } ] }', '{ "a" : "yz",\r\n\t"b": [ 20 , { "c" : null } ] }'],
    ["a record without values", "{}", "{}"],
    ["escapes", '{"a":"\\u00e9","b":[""]}', '{"a":"x\\u00c9 \\/ \\ud83d\\ude00 \\u0022\\n, ","b":["\\u005c;"]}'],
    ["numbers with zeros at their end", '{"a":1.50,"b":1}', '{"a":-2.2500,"b":2.0}'],
    ["a canonical record where others are not", '{"a":"\\u00e9"}', '{"a":"é"}'],
    ["a space within the first brackets alone", '{ "a":"x","b":"y"}', '{ "a":"","b":"\\n"}'],
  ])("reads what the scanner reads: %s", (_what, known, text) => {
    expect(reading([known])(text)).toEqual(scanned(text));
  });

  it("tells forms that start alike", () => {
    const known = ['{"a":1,"b":{"c":1}}', '{"a":1,"b":{"c":"x"}}', '{"a":1.5,"b":{"c":1}}', '{"a":1,"b":{"c":1},"d":[]}', '{"a": 1}'];
    const read = reading(known);
    for (const text of [...known, ...known.toReversed()]) expect(read(text)).toEqual(scanned(text));
  });

  it.each([
    ["another name", '{"a":"x","z":1}'],
    ["another kind", '{"a":1,"b":1}'],
    ["a fraction for a whole number", '{"a":"x","b":1.5}'],
    ["white space", '{"a": "x","b":1}'],
    ["more properties", '{"a":"x","b":1,"c":1}'],
    ["fewer properties", '{"a":"x"}'],
    ["a number that is written otherwise", '{"a":"x","b":1.0}'],
    ["a number with an exponent", '{"a":"x","b":1e2}'],
    ["an escape that is written otherwise", '{"a":"\\u0041","b":1}'],
    ["a control character", '{"a":"\\b","b":1}'],
    ["a hidden character", '{"a":"\u202e","b":1}'],
    ["damaged text", '{"a":"cafÃ©","b":1}'],
    ["a record that ends within a text", '{"a":"x'],
    ["a record that ends within a number", '{"a":"x","b":1'],
    ["a record that ends between", '{"a":"x","'],
  ])("leaves to the scanner: %s", (_what, text) => {
    expect(reading(['{"a":"x","b":1}'])(text)).toBeUndefined();
  });

  it("does not copy a canonical record whose form is known from one", () => {
    const [tape, out, tree] = [new Tape(), new ByteWriter(8), new FormTree()];
    const bytes = Buffer.from('{"a":"x"}');
    new RecordScanner(tape, names, 2, out).scan(bytes, 0);
    tree.add(tape, bytes, out.bytes, () => ({ tape: tape.form(), places: new Int32Array(), remaining: [] }));
    out.length = 0;
    const reader = new FormReader(tree, { tape, out, layout: 2 });
    reader.open(bytes);
    expect(reader.read(0)).toBeDefined();
    expect([reader.isRewritten, out.length]).toEqual([false, 0]);
  });

  it.each([
    ["half a character", '{"a":"\\ud800"}'],
    ["a hidden character as an escape", '{"a":"\\u202e"}'],
    ["damaged text as escapes", '{"a":"caf\\u00c3\\u00a9"}'],
    ["an unknown escape", '{"a":"\\x"}'],
  ])("leaves to the scanner where records are rewritten: %s", (_what, text) => {
    expect(reading(['{"a":"\\u00e9"}'])(text)).toBeUndefined();
  });

  it("leaves records of more values than a form has to the scanner", () => {
    const list = (size: number): string => JSON.stringify({ a: Array.from({ length: size }, () => 1) });
    expect(reading([list(100)])(list(100))).toBeDefined();
    expect(reading([list(200)])(list(200))).toBeUndefined();
  });

  it("keeps no more than a bound of forms, however long what lies between values is", () => {
    const [tape, out, tree] = [new Tape(), new ByteWriter(8), new FormTree()];
    const scanner = new RecordScanner(tape, names, 2, out);
    const add = (text: string): void => {
      out.length = 0;
      const bytes = Buffer.from(text);
      scanner.scan(bytes, 0);
      tree.add(tape, bytes, out.bytes, () => ({ tape: tape.form(), places: new Int32Array(), remaining: [] }));
    };
    const sizes: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      add(`{"a":${" ".repeat(5_000_000 + i)}1,"b":${i}}`);
      sizes.push(tree.bytes);
    }
    expect(new Set(sizes).size).toBe(5);
    expect(tree.bytes).toBeGreaterThan(25_000_000);
    expect(tree.bytes).toBeLessThan(32 * 1024 * 1024);
    // Others are still known.
    const before = tree.bytes;
    add('{"z":1}');
    expect(tree.bytes).toBeGreaterThan(before);
  });
});
