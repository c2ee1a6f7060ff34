import { describe, expect, it } from "vitest";
import { nameCollisions } from "../../../lib/dataset/name-collisions.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { rootOf, tableOf, text } from "./small-schema.ts";

describe("nameCollisions", () => {
  const found = (properties: Record<string, Schema>) =>
    nameCollisions(rootOf(properties)).map(({ path, message }) => [path.join("/"), message]);
  const list: Schema = { type: "array", items: { type: "object", properties: { of: text } } };

  it("finds none if all names differ", () => {
    expect(found({ facts: tableOf({ a: text, parts: list }), sources: tableOf({ a: text }) })).toEqual([]);
  });

  it("finds tables and lists that would be published as the same file, regardless of case", () => {
    expect(found({ facts: tableOf({}), Facts: tableOf({}) })).toEqual([
      ["properties/Facts", 'the table "facts" and the table "Facts" would both be published as Facts'],
    ]);
    expect(found({ facts: tableOf({ parts: list }), facts_parts: tableOf({}) })).toEqual([
      ["properties/facts_parts", 'the list parts of "facts" and the table "facts_parts" would both be published as facts_parts'],
    ]);
    expect(found({ facts_parts: tableOf({}), facts: tableOf({ parts: list }) })).toEqual([
      ["properties/facts", 'the table "facts_parts" and the list parts of "facts" would both be published as facts_parts'],
    ]);
  });

  it("finds columns that would have the same name", () => {
    const collisions = found({ facts: tableOf({ day: { ...text, format: "edtf" }, day_start: text }) });
    expect(collisions).toEqual([["properties/facts", 'Two columns of "facts" would be called day_start']]);
    expect(nameCollisions(rootOf({ facts: tableOf({ day: { ...text, format: "edtf" }, day_end: text }) }))[0]?.remedy).toBe(
      "Give one of them another name.",
    );
  });

  it("finds none in a schema without tables", () => {
    expect(nameCollisions({ type: "object" })).toEqual([]);
  });
});
