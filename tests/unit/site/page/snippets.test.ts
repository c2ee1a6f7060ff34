import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { expect, it } from "vitest";
import { FORMATS } from "../../../../lib/formats/formats.ts";
import { listFormatFiles } from "../../../../lib/formats/list-format-files.ts";
import { Snippets } from "../../../../lib/site/page/snippets.tsx";
import { plan } from "./facts-plan.ts";

const view = { ...plan, name: "board", title: "Board", sql: "SELECT 1" };
/** The code that a release page offers, as HTML. */
function htmlOf({
  version = "1.0.0" as string | null,
  site = "https://data.example.org" as string | null,
  without = "no",
  plans = [plan],
} = {}): string {
  const files = listFormatFiles({ metadata: { name: "d" }, plans })
    .filter(({ name }) => !name.endsWith(without))
    .map(({ name }) => ({ name, bytes: 1, sha256: "" }));
  const page = {
    name: "d",
    version,
    env: site === null ? {} : { site },
    files,
    formats: FORMATS.map(({ name }) => name),
    tables: plans.map((each) => ({ plan: each, count: 1, filled: new Map() })),
    layout: 2,
  };
  return renderToString(h(Snippets, { page: { ...page, formats: FORMATS } as never, plan }));
}
/** The text of the code that a release page offers. */
const textOf = (given: Parameters<typeof htmlOf>[0] = {}): string =>
  htmlOf(given)
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/\s+/g, " ");

const ICEBERG = "All versions as an Apache Iceberg table, each a snapshot and a tag: https://data.example.org/d/iceberg/facts";

it("name the Iceberg table of a published site with an address, if it has Parquet files", () => {
  expect(textOf()).toContain(ICEBERG);
  for (const shown of [textOf({ version: null }), textOf({ without: "facts.parquet" }), textOf({ site: null })])
    expect(shown).not.toContain("Iceberg");
});

it("read a file of one version, or of the latest", () => {
  for (const version of ["1.0.0", "latest"]) expect(textOf()).toContain(`https://data.example.org/d/${version}/facts.csv`);
});

it("reads the Parquet file with pandas in one line, and folds the longer code for the CSV", () => {
  const [, pandas = ""] = /<span>Python \(pandas\)<\/span><\/label>(.*?)<label>/s.exec(htmlOf()) ?? [];
  const [first = "", folded = ""] = pandas.split("<details>");
  expect(first).toContain("pd.read_parquet(&quot;https://data.example.org/d/1.0.0/facts.parquet&quot;");
  expect(folded).toContain("<summary>The same from facts.csv</summary>");
  expect(folded).toContain("pd.read_csv(");
  expect(textOf({ without: "parquet" })).not.toContain("The same from");
});

it("offers the main table first, even if the release lists a view before it", () => {
  const html = htmlOf({ plans: [view, plan] });
  expect(html.indexOf(`<span>${plan.title}</span>`)).toBeLessThan(html.indexOf("<span>Board</span>"));
  expect(html).toMatch(/<div class="of-main">(?:(?!of-view).)*facts\.csv/);
});

it("offers the code of one table for both if the other has none in a language", () => {
  for (const [without, shown] of [
    ["board.csv", "facts.csv"],
    ["facts.csv", "board.csv"],
  ] as const) {
    const [, curl = ""] = /<span>curl<\/span><\/label>(.*?)<label>/s.exec(htmlOf({ plans: [plan, view], without })) ?? [];
    expect(curl).toContain(`d/1.0.0/${shown}`);
    expect(curl).not.toMatch(/of-main|of-view/);
  }
});

it("offers the code of a view as well, and once what reads all tables", () => {
  const html = htmlOf({ plans: [plan, view] });
  expect([...html.matchAll(/<input type="radio" name="table"[^>]*>\s*<span>(.*?)<\/span>/g)].map(([, title]) => title)).toEqual([
    plan.title,
    "Board",
  ]);
  const shown = html.match(/class="of-view"/g)?.length ?? 0;
  expect([html.match(/class="of-main"/g)?.length, shown > 4]).toEqual([shown, true]);
  expect(html.match(/d\/1\.0\.0\/d\.xlsx/g)).toHaveLength(2);
  expect(html).toContain("d/latest/board.csv");
  expect(htmlOf()).not.toContain('name="table"');
});
