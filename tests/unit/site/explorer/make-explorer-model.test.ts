import { expect, it } from "vitest";
import { pagesOf } from "../pages-of.ts";

it("shows the replacement of a statement instead of the text that names it, beside its other texts", async () => {
  const text = { type: "string" };
  const table = (properties: object): object => ({ type: "array", primaryKey: ["id"], items: { type: "object", properties } });
  const columns = {
    ...{ id: text, subject: { ...text, role: "subject", references: "people" }, property: { ...text, role: "property" } },
    ...{ value: { ...text, role: "value" }, replacedBy: { ...text, references: "statements" }, origin: text },
  };
  const statement = { subject: "x", property: "Age" };
  const { page } = await pagesOf({
    dataset: { name: "d", title: "D", description: "D", licenses: [{ name: "CC0-1.0" }] },
    schema: { properties: { statements: table(columns), people: table({ id: text }) } },
    tables: {
      statements: [
        { id: "a", ...statement, value: "5", replacedBy: "c" },
        { id: "b", ...statement, value: "4", replacedBy: "c", origin: "A letter" },
        { id: "c", ...statement, value: "6" },
      ],
      people: [{ id: "x" }],
    },
  });
  const found = Object.fromEntries((page.main?.whole.rows ?? []).map(({ id, replacedBy, more }) => [id, [replacedBy?.text, more]]));
  expect(found).toEqual({ a: ["6", undefined], b: ["6", [["origin", "A letter"]]], c: [undefined, undefined] });
});
