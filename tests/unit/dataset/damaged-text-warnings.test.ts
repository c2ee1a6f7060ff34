import { describe, expect, it } from "vitest";
import { damagedTextWarnings } from "../../../lib/dataset/damaged-text-warnings.ts";

const found = (files: Record<string, string | Uint8Array>, views?: string[]): string[] =>
  damagedTextWarnings(new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])), views).map(
    ({ file, line, column, field, message, remedy }) => `${file}:${line}:${column} ${field ?? ""} ${message}. ${remedy}`,
  );

describe("damaged text in the description of a dataset", () => {
  it("is found in dataset.json, schema.json and the descriptions of views, with its place", () => {
    const files = {
      "dataset.json": '{\n  "title": "Rivi\u00c3\u00a8res",\n  "description": "Rivi\u00e8res"\n}',
      "schema.json": '{ "properties": { "t": { "description": "Fl\u00c3\u00bcsse" } } }',
      "views/v.json": '{ "title": "M\u00c3\u00bcller" }',
    };
    const [title, table, view] = [
      'dataset.json:2:12 title This text contains "\u00c3\u00a8", which looks like text in another encoding. If so, write "\u00e8".',
      'schema.json:1:41 properties.t.description This text contains "\u00c3\u00bc", which looks like text in another encoding. If so, write "\u00fc".',
      'views/v.json:1:12 title This text contains "\u00c3\u00bc", which looks like text in another encoding. If so, write "\u00fc".',
    ];
    expect(found(files, ["views/v.json"])).toEqual([title, table, view]);
    expect(found(files)).toEqual([title, table]);
  });

  it("is found in each line of LICENSE", () => {
    expect(found({ LICENSE: "All rights\r\ncaf\u00c3\u00a9\nlost \ufffd\na\rb\n" })).toEqual([
      'LICENSE:2:4  This text contains "\u00c3\u00a9", which looks like text in another encoding. If so, write "\u00e9".',
      "LICENSE:3:6  This text contains a replacement character (U+FFFD), where another was lost. Look up the text in its source.",
      "LICENSE:4:2  This text contains a carriage return (U+000D) without a line feed. End each line with a line feed (U+000A).",
    ]);
    expect(found({ LICENSE: Buffer.from("caf\u00e9", "latin1") })).toEqual([
      "LICENSE:0:0  The file is not UTF-8. Save it as UTF-8 without BOM.",
    ]);
  });

  it("is not reported for intact text", () => {
    expect(found({ "dataset.json": '{ "title": "Caf\u00e9 \u00c5" }', LICENSE: "Caf\u00e9 \u00a9 2026\r\n" })).toEqual([]);
  });
});
