import { describe, expect, it } from "vitest";
import type { Schema } from "../../../lib/schema/schema.ts";
import { typesIn } from "../../../lib/schema/types-in.ts";

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
