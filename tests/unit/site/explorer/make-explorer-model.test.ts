import { expect, it } from "vitest";
import { sourceCount } from "../../../../lib/site/explorer/source-count.ts";
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

it("counts the publishers of several sources, a copy as the one that it copies, if all are known", async () => {
  const text = { type: "string" };
  const table = (properties: object): object => ({ type: "array", primaryKey: ["id"], items: { type: "object", properties } });
  const source = { ...text, references: "books" };
  const more = { type: "array", items: { type: "object", properties: { source } } };
  const columns = { id: text, subject: { ...text, role: "subject" }, value: { ...text, role: "value" } };
  const publisher = { ...text, role: "publisher" };
  const cite = (id: string, first: string, ...others: string[]) => ({
    ...{ id, subject: "x", value: "1", source: first },
    ...(others.length > 0 ? { more: others.map((source) => ({ source })) } : {}),
  });
  const { page } = await pagesOf({
    dataset: { name: "d", title: "D", description: "D", licenses: [{ name: "CC0-1.0" }] },
    schema: {
      properties: {
        statements: table({ ...columns, source: { ...source, role: "source" }, more }),
        books: table({ id: text, publisher, copyOf: publisher }),
      },
    },
    tables: {
      statements: [cite("a", "one", "two"), cite("b", "one", "copy"), cite("c", "one"), cite("d", "one", "unknown")],
      books: [{ id: "one", publisher: "P" }, { id: "two", publisher: "Q" }, { id: "copy", publisher: "R", copyOf: "P" }, { id: "unknown" }],
    },
  });
  const counts = page.main?.whole.rows.map((row) => [row.id, sourceCount(row)]);
  expect(Object.fromEntries(counts ?? [])).toEqual({
    a: "2 sources, 2 independent",
    b: "2 sources, 1 publisher",
    c: "1 source",
    d: "2 sources",
  });
});
