import { describe, expect, it } from "vitest";
import { FIRST_LAYOUT } from "../../../lib/contract/layout.ts";
import { MAX_VALUE_PROBLEMS } from "../../../lib/diagnostics/value-problems.ts";
import { lintJson } from "../../../lib/json/lint-json.ts";

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

  it("finds duplicate names in an object, with their distance", () => {
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

  it("finds lone surrogates and invisible characters", () => {
    expect(found('["\\ud800"]')).toEqual([{ offset: 1, field: "[0]", message: expect.stringMatching(/half|surrogate/i) }]);
    expect(found('["\\udc00"]')).toHaveLength(1);
    expect(found('["\\ud83c\\udf0a"]')).toEqual([]);
    expect(found('["a\\u0000b"]')).toEqual([{ offset: 1, field: "[0]", message: expect.stringContaining("U+0000") }]);
  });

  it("finds damaged text from layout 2 on: a problem if certain, otherwise a warning", () => {
    expect(found('["a\\ufffdb"]')).toMatchObject([{ offset: 1, field: "[0]" }]);
    expect(found('["MÃ¼nchen", "\\u0000"]')).toEqual([
      { offset: 13, field: "[1]", message: expect.any(String) },
      { offset: 1, field: "[0]", message: expect.any(String), isWarning: true },
    ]);
    expect(found('["a\\ufffdb", "MÃ¼nchen"]', FIRST_LAYOUT)).toEqual([]);
  });

  it("lists problems up to a maximum and counts the rest", () => {
    const many = (count: number): string => JSON.stringify(Array.from({ length: count }, () => "\u0000"));
    expect(found(many(MAX_VALUE_PROBLEMS))).toHaveLength(MAX_VALUE_PROBLEMS);
    const more = found(many(MAX_VALUE_PROBLEMS + 3));
    expect(more).toHaveLength(MAX_VALUE_PROBLEMS + 1);
    expect(more.at(-1)).toMatchObject({ offset: 0, message: expect.stringContaining("3") });
  });
});
