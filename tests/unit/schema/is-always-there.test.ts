import { describe, expect, it } from "vitest";
import { isAlwaysThere } from "../../../lib/schema/is-always-there.ts";
import type { Schema } from "../../../lib/schema/schema.ts";

const text: Schema = { type: "string" };
const recordOf = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  type: "object",
  required,
  properties,
});

describe("isAlwaysThere", () => {
  it("is true for a required value that may not be null", () => {
    expect(isAlwaysThere(recordOf({ a: text }), ["a"], false)).toBe(true);
    expect(isAlwaysThere(recordOf({ a: text }, []), ["a"], false)).toBe(false);
    expect(isAlwaysThere({ type: "object", properties: { a: text } }, ["a"], false)).toBe(false);
    expect(isAlwaysThere(recordOf({ a: { type: ["string", "null"] } }), ["a"], false)).toBe(false);
    expect(isAlwaysThere(recordOf({ a: {} }), ["a"], false)).toBe(false);
    expect(isAlwaysThere({ type: "object", required: ["a"] }, ["a"], false)).toBe(false);
  });

  it("needs every object in the path to be required", () => {
    expect(isAlwaysThere(recordOf({ a: recordOf({ b: text }) }), ["a", "b"], false)).toBe(true);
    expect(isAlwaysThere(recordOf({ a: recordOf({ b: text }, []) }), ["a", "b"], false)).toBe(false);
    expect(isAlwaysThere(recordOf({ a: recordOf({ b: text }) }, []), ["a", "b"], false)).toBe(false);
    expect(isAlwaysThere(recordOf({ a: { ...recordOf({ b: text }), type: ["object", "null"] } }), ["a", "b"], false)).toBe(false);
  });

  it("follows references within the schema", () => {
    const record = { ...recordOf({ a: { $ref: "#/$defs/inner" } as Schema }), $defs: { inner: text } } as Schema;
    expect(isAlwaysThere(record, ["a"], false)).toBe(true);
  });

  it("is true for a list only if it can have no other type", () => {
    expect(isAlwaysThere(recordOf({ a: { type: "array" } }), ["a"], true)).toBe(true);
    expect(isAlwaysThere(recordOf({ a: { type: ["array", "null"] } }), ["a"], true)).toBe(false);
    expect(isAlwaysThere(recordOf({ a: text }), ["a"], true)).toBe(false);
  });
});
