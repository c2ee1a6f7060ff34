import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { expect, it } from "vitest";
import { FilterPanel } from "../../../../lib/site/explorer/filter-panel.tsx";
import { NOTHING } from "../../../../lib/site/explorer/query.ts";

const facetOf = (column: string, title: string) => ({ name: column, title, kind: "range", column, values: [] });
/** What the panel says of the number of rows, in a view with these ranges. */
function status(picked: Record<string, string[]>, { valueless = 2, isTimed = true, hasFailed = false } = {}): string | undefined {
  const model = {
    columns: [
      { name: "size", title: "Size", kind: "number" },
      { name: "since", title: "Since", kind: "date" },
    ],
    facets: [facetOf("size", "Size"), facetOf("since", "Since")],
    noun: ["river", "rivers"],
    total: 1200,
    isTimed,
    rows: [],
    sources: [],
  };
  const found = { rows: [], valueless };
  const state = {
    query: { ...NOTHING, picked },
    found: hasFailed ? undefined : found,
    hasFailed,
    lastKnown: found,
    isComplete: true,
    change: () => {},
  };
  const html = renderToString(h(FilterPanel, { model, state, total: 3 } as never));
  return /<p role="status">(.*?)<\/p>/.exec(html)?.[1]?.replaceAll(/<[^>]*>/g, "");
}

it.each<[string, Record<string, string[]>, object, string]>([
  ["a value", { size: ["1..2"] }, {}, "; left out: 2 rivers without “Size”"],
  ["any date, if rows have several", { since: ["2020..2021"] }, {}, "; left out: 2 rivers without any date"],
  ["a date, if rows have one", { since: ["2020..2021"] }, { isTimed: false }, "; left out: 2 rivers without “Since”"],
  ["one of several values", { size: ["1..2"], since: ["2020..2021"] }, {}, "; left out: 2 rivers without these values"],
])("counts the rows that a range leaves out because they lack %s", (_what, picked, more, words) => {
  expect(status(picked, more)).toContain(words);
  expect(status(picked, { ...more, valueless: 1 })).toContain(words.replace("2 rivers", "1 river"));
});

it("counts the subjects of statements, and names the words that no row has", () => {
  const subject = { name: "of", title: "Of", kind: "select", role: "subject", values: [{}, {}, {}] };
  const model = {
    columns: [],
    facets: [subject],
    noun: ["fact", "facts"],
    subjectNoun: ["land", "lands"],
    total: 9,
    rows: [],
    sources: [],
  };
  const textOf = (text: string, result: { rows: object[]; absent?: string[] }): string | undefined => {
    const found = { ...result, counts: [] };
    const state = { query: { ...NOTHING, text }, found, lastKnown: found, isComplete: true, change: () => {} };
    const html = renderToString(h(FilterPanel, { model, state, total: found.rows.length } as never));
    return /<p role="status">(.*?)<\/p>/.exec(html)?.[1]?.replaceAll(/<[^>]*>/g, "");
  };
  const rows = [0, 2, 2].map((position) => ({ in: [position] }));
  expect([textOf("", { rows }), textOf("x", { rows }), textOf("x y", { rows: [], absent: ["x", "y"] })]).toEqual([
    "9 facts about 3 lands",
    "3 of 9 facts about 2 lands: “x”",
    "0 of 9 facts: “x y”. None has “x” or “y” in its columns, details or sources.",
  ]);
});

it("counts the rows that match, and none that are left out without a range", () => {
  expect(status({ size: ["1..2"] }, { valueless: 0 })).toMatch(/^3 of 1,200 rivers: /);
  expect(status({})).toBe("1,200 rivers");
});

it("says that the rows could not be fetched, without a number of rows", () => {
  expect(status({}, { hasFailed: true })).toBe("The rows could not be fetched. Reload the page.");
});
