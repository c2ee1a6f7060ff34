import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../../../lib/engine/fast/byte-writer.ts";
import { Names } from "../../../../lib/engine/fast/names.ts";
import { RecordScanner } from "../../../../lib/engine/fast/record-scanner.ts";
import { Tape } from "../../../../lib/engine/fast/tape.ts";

/** The canonical text of a record; undefined where it is refused. */
function scanned(text: string, layout = 2): string | undefined {
  const out = new ByteWriter(8);
  const end = new RecordScanner(new Tape(), new Names(), layout, out).scan(Buffer.from(text), 0);
  expect(end < 0 ? out.length : end).toBe(end < 0 ? 0 : text.trimEnd().length + Buffer.byteLength(text) - text.length);
  return end < 0 ? undefined : out.bytes.toString("utf8", 0, out.length);
}

describe("RecordScanner", () => {
  it.each([
    '{"a":1,"b":[true,false,null],"c":{"d":"x"}}',
    '{ "a" : 1 ,\n\t"b" : [ ] , "c" : { } }',
    '{"a":"\\u00e9\\u0041\\u000a\\u0022\\u005c\\u0009","b":"\\/"}',
    '{"a":"\\ud83d\\ude00 \\n \\r\\n \\t \\" \\\\"}',
    '{"a":[1.0,1.50,-3.00,0.000001,-0.5,0,123456789012345,12345.6789012345]}',
    '{"é":"北京 ≤37 São “x” …"}',
    '{"":{"":""}}',
  ])("writes a record as JSON.stringify does: %s", (text) => {
    expect(scanned(text)).toBe(JSON.stringify(JSON.parse(text)));
  });

  it.each([
    ["a name twice", '{"a":1,"b":{"a":1},"a":2}'],
    ["a name that JavaScript puts first", '{"b":1,"7":2}'],
    ["__proto__", '{"__proto__":1}'],
    ["a name with an escape", '{"a\\n":1}'],
    ["a number that prints otherwise", '{"a":1e3}'],
    ["minus zero", '{"a":-0.0}'],
    ["a small number that prints with an exponent", '{"a":0.0000001}'],
    ["more digits than a number holds", '{"a":1234567890123456}'],
    ["a number that is none", '{"a":01}'],
    ["a number without digits", '{"a":-.5}'],
    ["half a character", '{"a":"\\ud800"}'],
    ["two halves in the wrong order", '{"a":"\\ude00\\ud83d"}'],
    ["a control character", '{"a":"\\u0001"}'],
    ["a line break in a string", '{"a":"\n"}'],
    ["a hidden character", '{"a":"\u202e"}'],
    ["a hidden character as an escape", '{"a":"\\u202e"}'],
    ["damaged text", '{"a":"cafÃ©"}'],
    ["a carriage return alone", '{"a":"\\r"}'],
    ["a comma too many", '{"a":1,}'],
    ["a record that does not end", '{"a":"x'],
    ["a name that does not end", '{"a'],
    ["brackets that are too deep", `{"a":${"[".repeat(70)}${"]".repeat(70)}}`],
    ["a word that is none", '{"a":nul}'],
  ])("refuses %s", (_what, text) => {
    expect(scanned(text)).toBeUndefined();
  });

  it("does not look for damage in layout 1", () => {
    expect(scanned('{"a":"cafÃ©"}', 1)).toBe('{"a":"cafÃ©"}');
  });
});
