import { describe, expect, it } from "vitest";
import { knownColumnTypes } from "../../../lib/csv-import/known-column.ts";
import type { Schema } from "../../../lib/schema/schema.ts";

describe("knownColumnTypes", () => {
  it("returns the types that a schema describes", () => {
    const kinds = (schema: Schema) => knownColumnTypes(schema)?.map(({ kind }) => kind);
    expect(kinds({ type: "string" })).toEqual([]);
    expect(kinds({ type: "string", format: "email" })).toEqual([]);
    expect(kinds({ type: "string", format: "date" })).toEqual(["day", "day", "day"]);
    expect(kinds({ type: "number" })).toEqual(["whole number", "number", "number"]);
    expect(kinds({ type: "integer" })).toEqual(["whole number"]);
    expect(kinds({ type: "array" })).toBeUndefined();
    expect(kinds({ type: ["string", "null"] })).toBeUndefined();
  });
});
