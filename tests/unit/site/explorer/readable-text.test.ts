import { describe, expect, it } from "vitest";
import type { Labels } from "../../../../lib/formats/labels.ts";
import type { JsonRecord } from "../../../../lib/formats/value.ts";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { readableText } from "../../../../lib/site/explorer/readable-text.ts";

const text: Schema = { type: "string" };
const labels: Labels = new Map([["rivers", new Map([["rhine", "Rhine"]])]]);

describe("readableText", () => {
  const readable = (schema: Schema, value: unknown): string => readableText(schema, {}, value as JsonRecord, labels);
  it.each<[Schema, unknown, string]>([
    [text, "a", "a"],
    [text, undefined, ""],
    [text, null, ""],
    [{ type: "boolean" }, true, "yes"],
    [{ type: "boolean" }, false, "no"],
    [{ type: "integer" }, 9999, "9999"],
    [{ type: "integer" }, 10000, "10,000"],
    [{ type: "integer" }, -10000, "-10,000"],
    [{ type: "number" }, 146083.5, "146,083.5"],
    [{ type: "number" }, 1e21, "1e+21"],
    [{ type: "number", display: "{} km" }, 20000, "20,000 km"],
    [{ type: "integer", references: "rivers" }, 10000, "10000"],
    [{ ...text, references: "rivers" }, "rhine", "Rhine"],
    [{ ...text, references: "rivers" }, "elbe", "elbe"],
    [{ ...text, format: "date" }, "2020-09-15", "15 Sep 2020"],
    [{ ...text, format: "edtf", display: "since {}" }, "2020-09", "since Sep 2020"],
    [{ ...text, enum: ["a"], values: { a: { title: "Title" } } }, "a", "Title"],
    [{ type: "array", items: { ...text, references: "rivers" } }, ["rhine", "elbe"], "Rhine; elbe"],
    [{ type: "array" }, ["a"], "a"],
    [{ type: "object", properties: { a: text, b: { type: "integer" }, c: text } }, { b: 1, a: "x" }, "x, 1"],
    [{ type: "object" }, { a: 1 }, ""],
  ])("of %j and %j is %s", (schema, value, shown) => {
    expect(readable(schema, value)).toBe(shown);
  });
});
