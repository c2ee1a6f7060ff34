import { expect, it } from "vitest";
import type { Given } from "../site/pages-of.ts";
import { pagesOf } from "../site/pages-of.ts";
import { table, text } from "../site/table-schema.ts";

/** Statements about `about`, which cite sources. */
const given = (about: "books" | "people"): Given => ({
  dataset: { name: "d", title: "D", description: "D", licenses: [{ name: "CC0-1.0" }] },
  schema: {
    properties: {
      statements: table({
        subject: { ...text, role: "subject", references: about },
        property: { ...text, role: "property" },
        value: { ...text, role: "value" },
        source: { ...text, role: "source", references: "books" },
        locator: { ...text, role: "locator" },
      }),
      books: table({ label: { ...text, role: "label" } }),
      people: table({ label: { ...text, role: "label" } }),
    },
  },
  tables: {
    statements: [
      { id: "1", subject: "x", property: "age", value: "5", source: "b", locator: "of b" },
      { id: "2", subject: "x", property: "size", value: "6", source: "c", locator: "of c" },
    ],
    // Two sources with the same name have two pages.
    books: [
      { id: "b", label: "Chronicle" },
      { id: "c", label: "Chronicle" },
      { id: "x", label: "X" },
    ],
    people: [{ id: "x", label: "X" }],
  },
});

it("have only statements of their own source, even if two sources share a name", async () => {
  const { sources, page } = await pagesOf(given("people"));
  expect([[...sources.keys()], page.main?.sourcePages]).toEqual([["b", "c"], "/d/books/"]);
  const said = (key: string): string[] =>
    [...(sources.get(key) ?? "").matchAll(/class="locator">([^<]*)</g)].map(([, words]) => words ?? "");
  expect([said("b"), said("c")]).toEqual([["of b"], ["of c"]]);
});

it("do not exist if statements are about sources, which have pages as subjects", async () => {
  const { sources, subjects, page } = await pagesOf(given("books"));
  expect([sources.size, [...subjects.keys()], page.main?.sourcePages]).toEqual([0, ["b", "c", "x"], undefined]);
});
