import { describe, expect, it } from "vitest";
import { displayText } from "../../../lib/formats/display-text.ts";
import type { Schema } from "../../../lib/schema/schema.ts";

const text: Schema = { type: "string" };

describe("displayText", () => {
  it.each<[Schema, unknown, string | undefined]>([
    [text, "a", "a"],
    [text, null, undefined],
    [text, undefined, undefined],
    [{ type: "number", display: "{} m" }, 5, "5 m"],
    [{ type: "number", display: "{} m" }, "$&", "$& m"],
    [{ ...text, references: "rivers" }, "rhine", "Rhine"],
    [{ ...text, references: "rivers" }, "elbe", "elbe"],
    [{ ...text, references: "lakes" }, "rhine", "rhine"],
    [{ type: "boolean", display: "yes", displayFalse: "no" } as Schema, true, "yes"],
    [{ type: "boolean", display: "yes", displayFalse: "no" } as Schema, false, "no"],
    [{ type: "boolean" }, false, "false"],
    [{ type: "object", properties: { a: text, b: { ...text, references: "rivers" }, c: text } }, { a: "x", b: "rhine" }, "x, Rhine"],
    [{ type: "object", properties: { a: text } }, {}, undefined],
    [{ type: "object" }, { a: 1 }, undefined],
  ])("of %j, %j is shown as %s", (schema, value, shown) => {
    const labels = new Map([["rivers", new Map([["rhine", "Rhine"]])]]);
    expect(displayText(schema, value as never, labels)).toBe(shown);
  });
});
