import { describe, expect, it } from "vitest";
import { FIRST_LAYOUT } from "../../../lib/contract/layout.ts";
import { MAX_VALUE_PROBLEMS } from "../../../lib/diagnostics/value-problems.ts";
import { checkAgainst } from "../../../lib/json/check-against.ts";
import { fieldText } from "../../../lib/json/field-text.ts";
import { isExactNumber } from "../../../lib/json/is-exact-number.ts";
import { isUtf16 } from "../../../lib/json/is-utf16.ts";
import { lintJson } from "../../../lib/json/lint-json.ts";
import { locateProblems } from "../../../lib/json/locate-problems.ts";
import { readDocument } from "../../../lib/json/read-document.ts";
import { MAX_DEPTH } from "../../../lib/json/record-batches.ts";
import { isSpace, skipSpace } from "../../../lib/json/skip-space.ts";
import { stringEnd } from "../../../lib/json/string-end.ts";
import { textPositions } from "../../../lib/json/text-positions.ts";
import { tooDeep } from "../../../lib/json/too-deep.ts";

describe("textPositions", () => {
  it("maps offsets to lines and columns from 1", () => {
    const position = textPositions("ab\n\ncde\n");
    const places = [0, 1, 2, 3, 4, 6, 7, 8].map((offset) => Object.values(position(offset)).join(":"));
    expect(places).toEqual(["1:1", "1:2", "1:3", "2:1", "3:1", "3:3", "3:4", "4:1"]);
  });

  it("counts from where the text starts in its file", () => {
    const position = textPositions("a\nb", 7, 5);
    expect([position(0), position(1), position(2)]).toEqual([
      { line: 7, column: 5 },
      { line: 7, column: 6 },
      { line: 8, column: 1 },
    ]);
  });
});

describe("stringEnd", () => {
  it.each([
    ['"a"', 0, 2],
    ['""', 0, 1],
    ['x"a\\"b"', 1, 6],
    ['"a\\\\"', 0, 4],
    ['"open', 0, 5],
    ['"open\\', 0, 6],
  ])("in %j from %d is %d", (text, start, end) => {
    expect(stringEnd(text, start)).toBe(end);
  });

  it("is at most the given end", () => {
    expect(stringEnd('"abc"', 0, 3)).toBe(3);
    expect(stringEnd('"a\\"', 0, 3)).toBe(3);
  });
});

describe("skipSpace", () => {
  it("skips the white space of JSON only", () => {
    expect([0x20, 0x0a, 0x0d, 0x09].every(isSpace)).toBe(true);
    expect([0x00, 0x0b, 0x0c, 0x1f, 0x21, 0xa0].some(isSpace)).toBe(false);
    const bytes = Buffer.from(" \n\r\ta  ");
    expect([skipSpace(bytes, 0), skipSpace(bytes, 4), skipSpace(bytes, 5)]).toEqual([4, 4, 7]);
    expect(skipSpace(bytes, 7)).toBe(7);
  });
});

describe("tooDeep", () => {
  const nested = (depth: number, open = "[", close = "]"): string => open.repeat(depth) + close.repeat(depth);
  it("is the first bracket beyond the limit", () => {
    expect(tooDeep(nested(MAX_DEPTH))).toBeUndefined();
    expect(tooDeep(nested(MAX_DEPTH + 1))).toBe(MAX_DEPTH);
    expect(tooDeep(nested(MAX_DEPTH, "{", "}"))).toBeUndefined();
    expect(tooDeep(nested(MAX_DEPTH + 1, "{", "}"))).toBe(MAX_DEPTH);
  });

  it("counts brackets that close, and none in texts", () => {
    expect(tooDeep("[]".repeat(MAX_DEPTH + 1))).toBeUndefined();
    expect(tooDeep("{}".repeat(MAX_DEPTH + 1))).toBeUndefined();
    expect(tooDeep(`["${"[".repeat(MAX_DEPTH)}"]`)).toBeUndefined();
    expect(tooDeep(`["\\"${"[".repeat(MAX_DEPTH)}"]`)).toBeUndefined();
  });
});

describe("isExactNumber", () => {
  it.each(["0", "-0", "0.0", "1", "-1.50", "100", "1e2", "1E+2", "1.0e-3", "0.1", "9007199254740992", "1e300", "5e-324", "0.30", "120e-1"])(
    "accepts %s",
    (written) => {
      expect(isExactNumber(written)).toBe(true);
    },
  );

  it.each(["9007199254740993", "12345678901234567890", "1e400", "-1e400", "0.1234567890123456789", "1e-400", "3e-324"])(
    "refuses %s",
    (written) => {
      expect(isExactNumber(written)).toBe(false);
    },
  );
});

describe("isUtf16", () => {
  it("recognises either order of bytes by the zero beside the first character", () => {
    expect([Buffer.from("[]", "utf16le"), Buffer.from([0, 0x5b, 0, 0x5d])].map(isUtf16)).toEqual([true, true]);
    expect([Buffer.from("[]"), Buffer.from([]), Buffer.from([0]), Buffer.from([0, 0]), Buffer.from("[")].some(isUtf16)).toBe(false);
  });
});

describe("fieldText", () => {
  it.each([
    [[], ""],
    [["a"], "a"],
    [["a", "b", "c"], "a.b.c"],
    [["a", 0, "b"], "a[0].b"],
    [[3, "a"], "[3].a"],
    [["a".repeat(90)], `${"a".repeat(77)}…`],
    [["x", "a".repeat(90)], `x.${"a".repeat(77)}…`],
  ])("of %j is %s", (path, text) => {
    expect(fieldText(path)).toBe(text);
  });
});

describe("lintJson", () => {
  const found = (text: string, layout?: number) =>
    lintJson(text, layout).map(({ offset, field, message, isWarning }) => ({
      offset,
      field,
      message,
      ...(isWarning ? { isWarning } : {}),
    }));

  it("finds nothing in ordinary values", () => {
    expect(found('{"a": [1, "é", true, null, {"b": "line\\nbreak"}], "b": {"a": 1.5}}')).toEqual([]);
  });

  it("finds names that an object has twice, and how far apart they are", () => {
    expect(found('{"a": 1, "b": 2, "a": 3}')).toEqual([{ offset: 17, field: "a", message: expect.stringContaining("on the same line") }]);
    expect(found('{"x": {"a": 1,\n"a": 3}}')).toEqual([{ offset: 15, field: "x.a", message: expect.stringContaining("one line above") }]);
    expect(found('[{"a": 1,\n\n"a": 3}]')[0]?.message).toContain("2 lines above");
    expect(found('{"a": {"a": 1}, "b": {"a": 2}}')).toEqual([]);
    expect(found('{"a": {"b": 1}, "b": 2}')).toEqual([]);
    expect(found('{"a":1,"a":2,"a":3}')).toHaveLength(2);
  });

  it("finds numbers that a program would round", () => {
    expect(found('{"n": [1, 12345678901234567890]}')).toEqual([
      { offset: 10, field: "n[1]", message: expect.stringContaining("12345678901234567890") },
    ]);
  });

  it("finds halves of characters, and invisible characters", () => {
    expect(found('["\\ud800"]')).toEqual([{ offset: 1, field: "[0]", message: expect.stringMatching(/half|surrogate/i) }]);
    expect(found('["\\udc00"]')).toHaveLength(1);
    expect(found('["\\ud83c\\udf0a"]')).toEqual([]);
    expect(found('["a\\u0000b"]')).toEqual([{ offset: 1, field: "[0]", message: expect.stringContaining("U+0000") }]);
  });

  it("finds damaged text from layout 2 on: a problem if it is certain, or else a warning", () => {
    expect(found('["a\\ufffdb"]')).toMatchObject([{ offset: 1, field: "[0]" }]);
    expect(found('["MÃ¼nchen", "\\u0000"]')).toEqual([
      { offset: 13, field: "[1]", message: expect.any(String) },
      { offset: 1, field: "[0]", message: expect.any(String), isWarning: true },
    ]);
    expect(found('["a\\ufffdb", "MÃ¼nchen"]', FIRST_LAYOUT)).toEqual([]);
  });

  it("lists problems up to a maximum, and counts the rest", () => {
    const many = (count: number): string => JSON.stringify(Array.from({ length: count }, () => "\u0000"));
    expect(found(many(MAX_VALUE_PROBLEMS))).toHaveLength(MAX_VALUE_PROBLEMS);
    const more = found(many(MAX_VALUE_PROBLEMS + 3));
    expect(more).toHaveLength(MAX_VALUE_PROBLEMS + 1);
    expect(more.at(-1)).toMatchObject({ offset: 0, message: expect.stringContaining("3") });
  });
});

describe("locateProblems", () => {
  const text = '{"a": {"b": [1, {"c": 2}]}, "d": 3}';
  const at = (...path: (string | number)[]) =>
    locateProblems(text, [{ path, message: "m" }]).map(({ offset, field, message }) => [text.slice(offset, offset + 3), field, message]);

  it("is the value that a path leads to", () => {
    expect(at()).toEqual([['{"a', "", "m"]]);
    expect(at("d")).toEqual([["3}", "d", "m"]]);
    expect(at("a", "b", 1, "c")).toEqual([["2}]", "a.b[1].c", "m"]]);
    expect(at("a", "b", "0")).toEqual([["1, ", "a.b[0]", "m"]]);
  });

  it("is the last value that exists, and names what is missing there", () => {
    expect(at("a", "x", "y")).toEqual([['{"b', "a", "m"]]);
    expect(at("a", "b", 7)).toEqual([["[1,", "a.b", "m"]]);
    expect(at("d", "x")).toEqual([["3}", "d", "m"]]);
    expect(locateProblems(text, [{ path: ["a"], missing: "z", message: "m" }])).toMatchObject([{ offset: 6, field: "a.z" }]);
  });

  it("is the name of a property if the problem is of the name", () => {
    expect(locateProblems(text, [{ path: ["d"], isName: true, message: "m" }])).toMatchObject([{ offset: 28, field: "d" }]);
    expect(locateProblems(text, [{ path: [], isName: true, message: "m" }])).toMatchObject([{ offset: 0 }]);
    expect(locateProblems(text, [{ path: ["a", "b", 0], isName: true, message: "m" }])).toMatchObject([{ offset: 13 }]);
  });

  it("keeps the wording, and finds nothing without problems or without a value", () => {
    expect(locateProblems(text, [])).toEqual([]);
    expect(locateProblems("", [{ path: [], message: "m" }])).toEqual([]);
    expect(locateProblems(text, [{ path: ["d"], message: "m", remedy: "r" }])).toMatchObject([{ message: "m", remedy: "r" }]);
  });
});

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

describe("checkAgainst", () => {
  it("returns the problems of a value, none if it is valid", () => {
    const check = checkAgainst({ type: "object", required: ["a"], properties: { a: { type: "integer" } } });
    expect(check({ a: 1 })).toEqual([]);
    expect(check({ a: "x" })).toMatchObject([{ path: ["a"] }]);
    expect(check({})).toMatchObject([{ path: [], missing: "a" }]);
  });
});
