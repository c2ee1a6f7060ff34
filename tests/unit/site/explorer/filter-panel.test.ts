import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { expect, it } from "vitest";
import { FilterPanel } from "../../../../lib/site/explorer/filter-panel.tsx";
import { NOTHING } from "../../../../lib/site/explorer/query.ts";

const facetOf = (column: string, title: string) => ({ name: column, title, kind: "range", column, values: [] });
/** What the panel says of the number of rows, in a view with these ranges. */
function status(picked: Record<string, string[]>, { valueless = 2, isTimed = true } = {}): string | undefined {
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
  const state = { query: { ...NOTHING, picked }, found, lastKnown: found, isComplete: true, change: () => {} };
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

it("counts the rows that match, and none that are left out without a range", () => {
  expect(status({ size: ["1..2"] }, { valueless: 0 })).toMatch(/^3 of 1,200 rivers: /);
  expect(status({})).toBe("1,200 rivers");
});
