import { describe, expect, it } from "vitest";
import { MAX_REF_DEPTH, referencedNodes } from "../../../lib/dataset/referenced-nodes.ts";
import type { Schema } from "../../../lib/schema/schema.ts";

const text: Schema = { type: "string" };

describe("referencedNodes", () => {
  const nodes = (schema: object, root: object = {}) => referencedNodes({ schema: schema as Schema, path: ["p"] }, root as Schema);

  it("returns the schema and all schemas that its references lead to", () => {
    const root = { $defs: { a: { $ref: "#/$defs/b", title: "A" }, b: text } };
    expect(nodes(text)).toEqual([{ schema: text, path: ["p"] }]);
    expect(nodes({ $ref: "#/$defs/a" }, root)).toEqual([
      { schema: { $ref: "#/$defs/a" }, path: ["p"] },
      { schema: root.$defs.a, path: ["$defs", "a"] },
      { schema: text, path: ["$defs", "b"] },
    ]);
  });

  it("stops at a reference to nothing, to another file, or to something that is not a schema", () => {
    const root = { $defs: { list: [] } };
    for (const $ref of ["#/$defs/missing", "#/$defs/list", "#/x/y/z", "other.json#/a", 1]) expect(nodes({ $ref }, root)).toHaveLength(1);
  });

  it("stops at circular references", () => {
    const root = { $defs: { a: { $ref: "#/$defs/a" } } };
    expect(nodes({ $ref: "#/$defs/a" }, root)).toHaveLength(MAX_REF_DEPTH + 2);
  });
});
