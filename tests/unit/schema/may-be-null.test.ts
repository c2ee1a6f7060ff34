import { describe, expect, it } from "vitest";
import { mayBeNull } from "../../../lib/schema/may-be-null.ts";
import type { Schema } from "../../../lib/schema/schema.ts";

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
