import { describe, expect, it } from "vitest";
import { meaningfulErrors } from "../../../lib/diagnostics/meaningful-errors.ts";
import { compileRecord } from "../../../lib/schema/compile-record.ts";
import type { Schema } from "../../../lib/schema/schema.ts";

const text: Schema = { type: "string" };
const closed = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: "object",
  additionalProperties: false,
  required,
  properties,
});

/** The errors of a value: keyword, path, name and condition. */
function errorsOf(schema: Schema, value: unknown): string[] {
  const validate = compileRecord({ type: "object", properties: { v: schema } });
  expect(validate({ v: value })).toBe(false);
  return meaningfulErrors(validate).map(({ keyword, instancePath, reason, params }) =>
    [keyword, instancePath, params["missingProperty"] ?? params["additionalProperty"], reason].filter(Boolean).join(" "),
  );
}

describe.each(["oneOf", "anyOf"])("the errors of %s", (keyword) => {
  const byKind: Schema = {
    [keyword]: [
      closed({ kind: { const: "web" }, url: text, page: { type: "integer" } }, ["kind", "url"]),
      closed({ kind: { const: "print" }, isbn: text }, ["kind", "isbn"]),
    ],
  };

  it("chooses the branch whose fixed value the data has, even if another has fewer errors", () => {
    expect(errorsOf(byKind, { kind: "web", isbn: "1", page: "x" })).toEqual([
      'required /v url "kind" is "web"',
      'additionalProperties /v isbn "kind" is "web"',
      'type /v/page "kind" is "web"',
    ]);
    expect(errorsOf(byKind, { kind: "print" })).toEqual(['required /v isbn "kind" is "print"']);
  });

  it("reports that the fixed value is wrong, or missing, if no branch has it", () => {
    expect(errorsOf(byKind, { kind: "radio", url: "x" })).toEqual(["enum /v/kind"]);
    expect(errorsOf(byKind, { url: "x" })).toEqual(["required /v kind"]);
  });

  it("accepts branches that allow nothing, or null", () => {
    const optional: Schema = {
      [keyword]: [closed({ a: { enum: ["x", null] } }, ["a"]), closed({ b: { const: null }, c: text }, ["b", "c"])],
    };
    expect(errorsOf(optional, { a: "y" })).toEqual(["enum /v/a"]);
  });

  it("lists the types if the data has none of them", () => {
    expect(errorsOf({ [keyword]: [text, { type: "integer" }] }, true)).toEqual(["type /v"]);
  });

  it("chooses the branch with the fewest errors if no value is fixed", () => {
    const either: Schema = { [keyword]: [closed({ a: text, b: text, c: text }, ["a"]), closed({ x: { type: "integer" } }, ["x"])] };
    expect(errorsOf(either, { x: "1" })).toEqual(["type /v/x"]);
    expect(errorsOf(either, { a: 1 })).toEqual(["type /v/a"]);
  });

  it("reports the union if columns are missing and no branch is likelier", () => {
    expect(errorsOf({ [keyword]: [closed({ a: text, b: text }, ["a"]), closed({ a: text, b: text }, ["b"])] }, {})).toEqual([
      `${keyword} /v`,
    ]);
  });
});

describe("meaningfulErrors", () => {
  it("names the union if more than one branch fits", () => {
    expect(errorsOf({ oneOf: [closed({ a: text }), closed({ a: text, b: text })] }, { a: "x" })).toEqual(["oneOf /v"]);
  });

  it("reports what a condition requires, and why", () => {
    const schema: Schema = {
      type: "object",
      properties: { kind: text, end: text },
      if: { properties: { kind: { const: "period" } }, required: ["kind"] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { required: ["end"] },
      else: { properties: { end: { const: "" } } },
    };
    expect(errorsOf(schema, { kind: "period" })).toEqual(['required /v end "kind" is "period"']);
    expect(errorsOf(schema, { kind: "day", end: "x" })).toEqual(['const /v/end "kind" is "period"']);
  });

  it("reports nothing for the branches of `contains`", () => {
    expect(errorsOf({ type: "array", contains: { const: 1 } }, [2, 3])).toEqual(["contains /v"]);
  });

  it("follows definitions", () => {
    const validate = compileRecord({
      type: "object",
      $defs: { web: closed({ kind: { const: "web" }, url: text }, ["kind", "url"]), print: closed({ kind: { const: "print" } }, ["kind"]) },
      properties: { v: { oneOf: [{ $ref: "#/$defs/web" }, { $ref: "#/$defs/print" }] } },
    });
    expect(validate({ v: { kind: "web", url: 1 } })).toBe(false);
    expect(meaningfulErrors(validate).map(({ keyword, instancePath }) => `${keyword} ${instancePath}`)).toEqual(["type /v/url"]);
  });
});
