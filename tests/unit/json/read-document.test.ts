import { describe, expect, it } from "vitest";
import { FIRST_LAYOUT } from "../../../lib/contract/layout.ts";
import { readDocument } from "../../../lib/json/read-document.ts";
import { MAX_DEPTH } from "../../../lib/json/record-batches.ts";

describe("readDocument", () => {
  const nothing = () => [];
  const read = (text: string | Uint8Array, check: Parameters<typeof readDocument>[2] = nothing, layout?: number) =>
    readDocument("x.json", typeof text === "string" ? Buffer.from(text) : text, check, layout);

  it("returns the value of a valid file", () => {
    expect(read('{"a": 1}\n')).toEqual({ value: { a: 1 }, problems: [] });
    expect(read("null")).toEqual({ value: null, problems: [] });
  });

  it.each<[string, string | Uint8Array, object]>([
    ["is not UTF-8", Buffer.from([0xff, 0xfe]), { line: 0, column: 0 }],
    ["is UTF-16", Buffer.from("[]", "utf16le"), { line: 0, column: 0 }],
    ["starts with a byte order mark", "\ufeff{}", { line: 0, column: 0 }],
    ["is nested too deeply", `\n${"[".repeat(MAX_DEPTH + 1)}`, { line: 2, column: MAX_DEPTH + 1 }],
    ["has a mistake of syntax", '{"a": 1,\n"b" 2}', { line: 2 }],
    ["has a name twice", '{"a": 1,\n"a": 2}', { line: 2, column: 1, field: "a" }],
  ])("reports one problem of a file that %s", (_what, text, place) => {
    const { problems, ...rest } = read(text);
    expect(rest).toEqual({});
    expect(problems).toMatchObject([{ file: "x.json", ...place }]);
    expect(problems[0]?.message).not.toBe("");
  });

  it("places the problems of the value", () => {
    const { problems, value } = read('{\n  "a": 1\n}', () => [{ path: ["a"], message: "m" }]);
    expect(value).toBeUndefined();
    expect(problems).toEqual([{ file: "x.json", line: 2, column: 8, field: "a", message: "m" }]);
    expect(read("{}", () => [{ path: [], message: "m" }]).problems).toEqual([{ file: "x.json", line: 1, column: 1, message: "m" }]);
  });

  it("passes damaged text in layout 1", () => {
    expect(read('["a\\ufffdb"]', nothing, FIRST_LAYOUT).problems).toEqual([]);
    expect(read('["a\\ufffdb"]').problems).toHaveLength(1);
  });
});
