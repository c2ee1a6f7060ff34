import { describe, expect, it } from "vitest";
import { isAlwaysThere } from "../../../lib/schema/is-always-there.ts";
import { isWebAddress } from "../../../lib/schema/is-web-address.ts";
import { mayBeNull } from "../../../lib/schema/may-be-null.ts";
import { successorColumn } from "../../../lib/schema/successor-column.ts";
import { planTable, type Schema } from "../../../lib/schema/table-plan.ts";
import { typesIn } from "../../../lib/schema/types-in.ts";

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

  it("needs every object on the way", () => {
    expect(isAlwaysThere(recordOf({ a: recordOf({ b: text }) }), ["a", "b"], false)).toBe(true);
    expect(isAlwaysThere(recordOf({ a: recordOf({ b: text }, []) }), ["a", "b"], false)).toBe(false);
    expect(isAlwaysThere(recordOf({ a: recordOf({ b: text }) }, []), ["a", "b"], false)).toBe(false);
    expect(isAlwaysThere(recordOf({ a: { ...recordOf({ b: text }), type: ["object", "null"] } }), ["a", "b"], false)).toBe(false);
  });

  it("follows references within the schema", () => {
    const record = { ...recordOf({ a: { $ref: "#/$defs/inner" } as Schema }), $defs: { inner: text } } as Schema;
    expect(isAlwaysThere(record, ["a"], false)).toBe(true);
  });

  it("is true of a list only if it is always a list", () => {
    expect(isAlwaysThere(recordOf({ a: { type: "array" } }), ["a"], true)).toBe(true);
    expect(isAlwaysThere(recordOf({ a: { type: ["array", "null"] } }), ["a"], true)).toBe(false);
    expect(isAlwaysThere(recordOf({ a: text }), ["a"], true)).toBe(false);
  });
});

describe("mayBeNull", () => {
  it.each<[Schema, boolean]>([
    [{}, true],
    [{ type: "null" }, true],
    [{ type: ["string", "null"] }, true],
    [{ type: "string" }, false],
    [{ type: "string", enum: [null, "a"] }, false],
    [{ enum: ["a", null] }, true],
    [{ enum: ["a"] }, false],
    [{ const: null }, true],
    [{ const: "a" }, false],
  ])("of %j is %s", (schema, expected) => {
    expect(mayBeNull(schema)).toBe(expected);
  });
});

describe("typesIn", () => {
  it.each<[Schema, string[]]>([
    [{}, []],
    [{ type: "string" }, ["string"]],
    [{ type: ["integer", "null", "string"] }, ["integer", "string"]],
    [{ const: 1 }, ["integer"]],
    [{ const: 1.5 }, ["number"]],
    [{ const: null }, []],
    [{ enum: ["a", "b", 1, null, true] }, ["string", "integer", "boolean"]],
    [{ type: "number", enum: [1] }, ["number"]],
  ])("of %j is %j", (schema, types) => {
    expect(typesIn(schema)).toEqual(types);
  });
});

describe("successorColumn", () => {
  const columnOf = (properties: Record<string, Schema>): string | undefined =>
    successorColumn(
      planTable("t", {
        type: "object",
        properties: { t: { type: "array", primaryKey: ["id"], items: recordOf({ id: text, ...properties }) } },
      }),
    );

  it("is replacedBy, or the column with that role", () => {
    expect(columnOf({ other: text, replacedBy: text })).toBe("replacedBy");
    expect(columnOf({ other: text, next: { ...text, role: "replacedBy" } })).toBe("next");
    expect(columnOf({ next: { ...text, role: "subject" } })).toBeUndefined();
  });
});

describe("isWebAddress", () => {
  it.each(["http://example.org", "https://example.org/a?b#c", "HTTPS://EXAMPLE.ORG"])("accepts %s", (address) => {
    expect(isWebAddress(address)).toBe(true);
  });

  it.each([
    "",
    "example.org",
    "ftp://example.org",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://",
    "https:///a",
    "https:example.org",
    " https://example.org",
    "https://exa mple.org",
    "https://example.org\n",
    "https://[",
    "xhttps://example.org",
  ])("refuses %j", (address) => {
    expect(isWebAddress(address)).toBe(false);
  });
});
