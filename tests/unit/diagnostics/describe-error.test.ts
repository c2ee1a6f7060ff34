import { describe, expect, it } from "vitest";
import { columnRules } from "../../../lib/diagnostics/rules/column-rules.ts";
import { formatRules } from "../../../lib/diagnostics/rules/format-rules.ts";
import type { Wording } from "../../../lib/diagnostics/rules/rule.ts";
import { typeRules } from "../../../lib/diagnostics/rules/type-rules.ts";
import { valueRules } from "../../../lib/diagnostics/rules/value-rules.ts";
import { valueProblems } from "../../../lib/diagnostics/value-problems.ts";
import { compileRecord } from "../../../lib/schema/compile-record.ts";
import type { Schema } from "../../../lib/schema/schema.ts";

const text: Schema = { type: "string" };
const column = (schema: Schema, required = false) => ({ name: "v", required, schema });

/** The problems of a value in the column `v`. */
function reported(schema: Schema, value: unknown, required: string[] = []): (Wording & { path: unknown })[] {
  const validate = compileRecord({ type: "object", required, properties: { v: schema } });
  expect(validate(value === undefined ? {} : { v: value })).toBe(false);
  return valueProblems(validate).map(
    ({ path, rule, message, remedy }) => ({ path, rule, message, ...(remedy ? { remedy } : {}) }) as never,
  );
}

const code: Schema = { ...text, pattern: "^[a-z0-9-]+$" };
const CASES: readonly [what: string, schema: Schema, value: unknown, wording: Wording][] = [
  ["a text for a number", { type: "number" }, "x", typeRules.number(["number"], "x")],
  ["a fraction for a whole number", { type: "integer" }, 1.5, typeRules.whole(1.5)],
  ["a text for a number that may be null", { type: ["integer", "null"] }, "5", typeRules.number(["integer"], "5")],
  ["a text for a boolean", { type: "boolean" }, "yes", typeRules.yesOrNo(["boolean"], "yes")],
  ["a text for a list", { type: "array", items: text }, "x", typeRules.list(["array"], "x", text)],
  ["a list for a text", text, ["x"], typeRules.single(["string"], ["x"])],
  ["a number for a text", text, 5, typeRules.text(["string"], 5, text)],
  ["a text for an object", { type: "object", properties: { a: text } }, "x", typeRules.object(["object"], "x", ["a"])],
  ["another value than those listed", { ...text, enum: ["a", "b"] }, "c", valueRules.notListed("c", ["a", "b"])],
  ["a number for a listed text", { enum: ["a", "b"] }, 5, valueRules.notListed(5, ["a", "b"])],
  ["a listed value in capitals", { ...text, enum: ["abc"] }, "ABC", valueRules.letterCase("ABC", "abc")],
  ["a listed value with a space", { ...text, enum: ["abc"] }, "abc ", valueRules.edgeSpace("abc ")],
  ["another value than the only one", { const: 1 }, 2, valueRules.only(2, 1, "v")],
  ["an empty text", { ...text, minLength: 1 }, "", columnRules.empty(column({ ...text, minLength: 1 }))],
  ["an empty text for a number", { type: "number" }, "", columnRules.empty(column({ type: "number" }))],
  ["null", text, null, columnRules.nothing(column(text))],
  ["a text that is too short", { ...text, minLength: 3 }, "a", valueRules.tooShort("a", 3)],
  ["a text that is too long, by its characters", { ...text, maxLength: 1 }, "🌊🌊", valueRules.tooLong(2, 1)],
  ["an id in capitals", code, "ABC", valueRules.spelling("ABC", "abc", code, "^[a-z0-9-]+$")],
  ["an id with a space", code, "abc ", valueRules.edgeSpace("abc ")],
  ["an id with accents and signs", code, "São Tomé!", valueRules.spelling("São Tomé!", "sao-tome", code, "^[a-z0-9-]+$")],
  ["an id in other letters", code, "мали", valueRules.spelling("мали", undefined, code, "^[a-z0-9-]+$")],
  ["a day that is none", { ...text, format: "date" }, "soon", formatRules.wholeDay("soon")],
  ["a date that is none", { ...text, format: "edtf" }, "soon", formatRules.noDate("soon")],
  ["a host for an address", { ...text, format: "uri" }, "example.org/a", formatRules.noAddress("example.org/a", "https://example.org/a")],
  [
    "an address with a space within",
    { ...text, format: "uri" },
    "https://a.org/b c",
    formatRules.noAddress("https://a.org/b c", "https://a.org/b%20c"),
  ],
  ["an address with a space around it", { ...text, format: "uri" }, " https://a.org/", valueRules.edgeSpace(" https://a.org/")],
  ["a script for an address", { ...text, format: "uri" }, "javascript:alert(1)", formatRules.noAddress("javascript:alert(1)", undefined)],
  ["a text of another format", { ...text, format: "email" }, "x", formatRules.form("x", "email")],
  ["a number below the least", { type: "number", minimum: 5 }, 4, valueRules.size(4, "least", 5)],
  ["a number above the most", { type: "number", maximum: 5 }, 6, valueRules.size(6, "most", 5)],
  ["a number that is not above", { type: "number", exclusiveMinimum: 5 }, 5, valueRules.size(5, "above", 5)],
  ["a number that is not below", { type: "number", exclusiveMaximum: 5 }, 5, valueRules.size(5, "below", 5)],
  ["a number between steps", { type: "integer", multipleOf: 5 }, 6, valueRules.size(6, "step", 5)],
  [
    "too few items",
    { type: "array", items: text, minItems: 2 } as Schema,
    ["a"],
    columnRules.emptyList(1, 2, { type: "array", items: text, minItems: 2 } as Schema),
  ],
  ["too many items", { type: "array", items: text, maxItems: 1 } as Schema, ["a", "b"], columnRules.tooMany(2, 1)],
  ["too many properties", { type: "object", maxProperties: 1 } as Schema, { a: 1, b: 2 }, columnRules.tooMany(2, 1)],
  ["an empty object", { type: "object", minProperties: 1, properties: { a: text } } as Schema, {}, columnRules.emptyObject(0, 1, ["a"])],
  ["an item twice", { type: "array", items: text, uniqueItems: true } as Schema, ["a", "b", "a"], columnRules.twice(1, 3)],
];

describe("describeError", () => {
  it.each(CASES)("for %s", (_what, schema, value, wording) => {
    expect(reported(schema, value)).toEqual([{ path: ["v"], ...wording }]);
  });

  it("suggests removing null from a list", () => {
    const list = { type: "array", items: text } as Schema;
    expect(reported(list, ["a", null])).toEqual([
      {
        path: ["v", "1"],
        ...columnRules.nothing({ ...column(text), isEntry: true }),
        remedy: "Write a value, or remove this entry of the list.",
      },
    ]);
  });

  it("describes a missing column with its values", () => {
    expect(reported(text, undefined, ["v"])).toEqual([expect.objectContaining(columnRules.missing("v", text))]);
  });

  it("uses the $comment of the schema", () => {
    const own = { type: "integer", not: { const: 5 }, $comment: "Five is not used." } as unknown as Schema;
    expect(reported(own, 5)).toEqual([expect.objectContaining(valueRules.said("Five is not used."))]);
  });
});
