import { describe, expect, it } from "vitest";
import { propertyNodes } from "../../../lib/dataset/property-nodes.ts";
import type { Schema } from "../../../lib/schema/schema.ts";

const text: Schema = { type: "string" };

describe("propertyNodes", () => {
  it("returns the schemas of the properties with their paths", () => {
    expect(propertyNodes({ schema: { properties: { a: text, b: true as never } }, path: ["x"] })).toEqual([
      { schema: text, path: ["x", "properties", "a"] },
    ]);
    expect(propertyNodes({ schema: {}, path: [] })).toEqual([]);
  });
});
