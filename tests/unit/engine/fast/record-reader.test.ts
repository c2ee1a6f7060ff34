import { describe, expect, it } from "vitest";
import { KnownForms } from "../../../../lib/engine/fast/known-forms.ts";
import { PropertyNames } from "../../../../lib/engine/fast/property-names.ts";
import { RecordReader } from "../../../../lib/engine/fast/record-reader.ts";
import { RecordTape } from "../../../../lib/engine/fast/record-tape.ts";
import { lineSpanOf } from "../../../../lib/json/line-span.ts";
import { Kernel } from "../../../../lib/kernel/kernel.ts";

function reading(layout = 2) {
  const kernel = new Kernel();
  const [tape, names, forms] = [new RecordTape(kernel), new PropertyNames(kernel), new KnownForms(kernel)];
  const reader = new RecordReader(kernel, { tape, names, layout });
  /** The number of the form of a record that follows another record; undefined if it is rejected. */
  const read = (text: string): number | undefined => {
    const before = "{},";
    const start = reader.open(Buffer.from(before + text)) + before.length;
    const number = reader.read(start);
    if (number !== undefined) expect(reader.end).toBe(start + Buffer.byteLength(text));
    return number;
  };
  const canonical = (): string => kernel.bytes.toString("utf8", tape.starts[0], tape.ends[0]);
  /** The entries of the tape, with the canonical text of each value. */
  const entries = (): unknown[] =>
    Array.from({ length: tape.size }, (_, i) => [
      tape.kinds[i],
      tape.holds[i],
      (tape.names[i] as number) < 0 ? undefined : names.text(tape.names[i] as number),
      tape.nexts[i],
      kernel.bytes.toString("utf8", tape.starts[i], tape.ends[i]),
    ]);
  return { kernel, tape, names, forms, reader, read, canonical, entries };
}

/** The canonical text of a record; undefined if it is rejected. */
function scanned(text: string, layout = 2): string | undefined {
  const { read, canonical } = reading(layout);
  if (read(text) === undefined) return undefined;
  return canonical();
}

describe("RecordReader", () => {
  it.each([
    '{"a":1,"b":[true,false,null],"c":{"d":"x"}}',
    '{ "a" : 1 ,\n\t"b" : [ ] , "c" : { } }',
    '{"a":"\\u00e9\\u0041\\u000a\\u0022\\u005c\\u0009","b":"\\/"}',
    '{"a":"\\ud83d\\ude00 \\n \\r\\n \\t \\" \\\\"}',
    '{"a":[1.0,1.50,-3.00,0.000001,-0.5,0,123456789012345,12345.6789012345]}',
    '{"é":"北京 ≤37 São “x” …"}',
    '{"":{"":""}}',
  ])("writes a record like JSON.stringify: %s", (text) => {
    expect(scanned(text)).toBe(JSON.stringify(JSON.parse(text)));
  });

  it.each([
    ["a duplicate name", '{"a":1,"b":{"a":1},"a":2}'],
    ["a name that JavaScript puts first", '{"b":1,"7":2}'],
    ["__proto__", '{"__proto__":1}'],
    ["a name with an escape", '{"a\\n":1}'],
    ["a number that prints differently", '{"a":1e3}'],
    ["minus zero", '{"a":-0.0}'],
    ["a small number that prints with an exponent", '{"a":0.0000001}'],
    ["more digits than a double can represent", '{"a":1234567890123456}'],
    ["an invalid number", '{"a":01}'],
    ["a number without digits", '{"a":-.5}'],
    ["a lone surrogate", '{"a":"\\ud800"}'],
    ["surrogates in the wrong order", '{"a":"\\ude00\\ud83d"}'],
    ["a control character", '{"a":"\\u0001"}'],
    ["a line break in a string", '{"a":"\n"}'],
    ["a hidden character", '{"a":"\u202e"}'],
    ["a hidden character as an escape", '{"a":"\\u202e"}'],
    ["damaged text", '{"a":"cafÃ©"}'],
    ["a carriage return alone", '{"a":"\\r"}'],
    ["a trailing comma", '{"a":1,}'],
    ["a record that does not end", '{"a":"x'],
    ["a name that does not end", '{"a'],
    ["nesting that is too deep", `{"a":${"[".repeat(70)}${"]".repeat(70)}}`],
    ["an invalid literal", '{"a":nul}'],
  ])("refuses %s", (_what, text) => {
    expect(scanned(text)).toBeUndefined();
  });

  it("does not look for damage in layout 1", () => {
    expect(scanned('{"a":"cafÃ©"}', 1)).toBe('{"a":"cafÃ©"}');
  });

  it("records each value with its kind, flags, name and contents", () => {
    const { read, entries } = reading();
    read('{ "a": "x;\\u002c\\n", "b" : [1.50, {"c":"\\u00e9"}], "d":null}');
    const all = '{"a":"x;,\\n","b":[1.5,{"c":"é"}],"d":null}';
    expect(entries()).toEqual([
      [8, 0, undefined, 7, all],
      [1, 1 | 2 | 4, "a", 2, "x;,\\n"],
      [16, 0, "b", 6, '[1.5,{"c":"é"}]'],
      [4, 0, undefined, 4, "1.5"],
      [8, 0, undefined, 6, '{"c":"é"}'],
      [1, 8, "c", 6, "é"],
      [128, 0, "d", 7, "null"],
    ]);
  });

  it.each([0, 1, 14, 15, 16, 17, 31, 32, 33, 127, 128, 129, 1000])("reads strings of %i bytes, with flags for each position", (length) => {
    const { read, entries, canonical } = reading();
    for (let place = 0; place < Math.min(length, 40); place += 1)
      for (const [text, held] of [
        [",", 1],
        [";", 2],
        ["é", 8],
        ['\\"', 5],
      ] as const) {
        const value = `${"a".repeat(place)}${text}${"b".repeat(length - place)}`;
        expect(read(`{"a": "${value}"}`)).toBeDefined();
        expect(canonical()).toBe(`{"a":"${value}"}`);
        expect(entries()[1]).toEqual([1, held, "a", 2, value]);
      }
  });

  it("reads records with more values and names than the tape has space for", () => {
    const { read, canonical, tape } = reading();
    const text = JSON.stringify(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`name-${i}`, [i, `${i}`]])));
    expect(read(text)).toBe(-1);
    expect([canonical(), tape.size]).toEqual([text, 9001]);
  });

  it("rejects records with too many different names", () => {
    const { read } = reading();
    const text = (from: number): string =>
      JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`name-${from + i}`, 1])));
    for (let from = 0; from < 20_000; from += 1000) expect([from, read(text(from)) !== undefined]).toEqual([from, true]);
    expect(read('{"another":1}')).toBeUndefined();
    expect(read('{"name-7":1}')).toBeDefined();
  });

  it.each([
    "",
    "\n",
    "a",
    "a\n",
    "\né",
    `${"x\n".repeat(100)}yy`,
    `${"x".repeat(15)}\n`,
    `${"x".repeat(16)}\n${"y".repeat(40)}`,
    "\n".repeat(33),
  ])("counts the lines of a batch, and the bytes in the last: %j", (text) => {
    const { reader } = reading();
    reader.open(Buffer.from(text));
    expect(reader.lineSpan()).toEqual(lineSpanOf(Buffer.from(text)));
  });

  it("does not read past the end of a batch", () => {
    const { read } = reading();
    expect(read(`{"a":"${"x".repeat(3000)}"}`)).toBeDefined();
    for (const text of ['{"a":"x', '{"a":1', '{"a":tru', '{"a', '{"a":"\\', "{", '{"a":[1,']) expect(read(text)).toBeUndefined();
  });
});

describe("KnownForms", () => {
  const form = { slots: { entries: new Int32Array(), address: 0 }, remaining: [], proof: undefined };

  it.each(["normally", "even if all hashes are equal"])("are distinguished by names, kinds and structure, %s", (how) => {
    const { kernel, read, forms, tape } = reading();
    if (how !== "normally") kernel.code.openFormTable(kernel.reserveZero(16 * 64), 64, kernel.reserve(12 * 32), 0);
    const known = [
      '{"a":1,"b":{"c":1}}',
      '{"a":1,"b":{"c":"x"}}',
      '{"a":1.5,"b":{"c":1}}',
      '{"a":1,"b":{},"c":1}',
      '{"a":1,"b":{"c":1},"d":[]}',
      '{"a":[1,[2]]}',
      '{"a":[1,[],2]}',
      '{"b":{"c":1},"a":1}',
      "{}",
    ];
    for (const [i, text] of known.entries()) {
      expect(read(text)).toBe(-1);
      forms.add(tape, () => form);
      expect(read(text)).toBe(i);
    }
    for (const [i, text] of known.entries()) expect(read(text.replaceAll(":", " : "))).toBe(i);
    expect(read('{"a":20,"b":{"c":333}}')).toBe(0);
    expect(read('{"a":1,"b":{"d":1}}')).toBe(-1);
  });

  it("of records with too many values are not kept", () => {
    const { read, forms, tape } = reading();
    for (const size of [100, 200]) {
      read(JSON.stringify({ a: Array.from({ length: size }, () => 1) }));
      forms.add(tape, () => form);
    }
    expect(forms.count).toBe(1);
  });

  it("are kept up to a maximum", () => {
    const { read, forms, tape } = reading();
    for (let i = 0; i < 5000; i += 1) {
      expect(read(`{"name-${i}":1}`)).toBe(-1);
      forms.add(tape, () => form);
    }
    expect(forms.count).toBe(4096);
    expect(read('{"name-7":2}')).toBe(7);
    expect(read('{"name-4999":2}')).toBe(-1);
  });
});
