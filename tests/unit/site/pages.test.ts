import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Catalogue } from "../../../lib/release/catalogue.ts";
import { feed } from "../../../lib/site/feed.ts";
import { FIRST_ROWS, PAGE_ROWS } from "../../../lib/site/limits.ts";
import { homePage, missingPage, nothingCurrentPage, releasePage, removedPage, verifyPage } from "../../../lib/site/pages.tsx";
import { robots } from "../../../lib/site/robots.ts";
import { sitemap } from "../../../lib/site/sitemap.ts";
import { CASES, MANY } from "./cases.ts";
import { pagesOf } from "./pages-of.ts";

// Recorded static pages. `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts` writes them; read the diff before
// you commit it.
const FOLDER = join(import.meta.dirname, "pages");
const WRITES = process.env["FACTPRESS_WRITE"] === "1";

/** An element a line, so that a difference can be read. */
const lines = (html: string): string => `${html.trimEnd().replaceAll("><", ">\n<")}\n`;

function expectPage(name: string, found: string): void {
  const file = join(FOLDER, name);
  if (WRITES) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, lines(found));
  }
  expect(existsSync(file), `${name} is not there`).toBe(true);
  expect(lines(found)).toBe(readFileSync(file, "utf8"));
}

const env = { assets: "/assets/", style: "style.css", css: "body{margin:0}", site: "https://data.example" };
const catalogue = {
  dataset: "pact",
  releases: [
    { version: "1.1.0", date: "2026-03-01T00:00:00Z", level: "minor" },
    { version: "1.0.1", date: "2026-02-01T00:00:00Z", level: "patch" },
    { version: "1.0.0", date: null, level: "first" },
  ],
  withdrawn: [{ version: "1.1.0", reason: "Wrong <sums>.", date: "2026-03-02T00:00:00Z" }],
  removed: [{ version: "1.0.0", reason: "Not ours.", date: "2026-03-03T00:00:00Z" }],
} as unknown as Catalogue;
const nowhere = { assets: "assets/", style: "style.css" };
const listed = [
  {
    name: "pact",
    title: "The pact",
    description: "All of it.",
    version: "1.1.0",
    date: "2026-03-01T00:00:00Z",
    paths: ["/pact/parties/a&b/"],
    comparisons: [{ from: "1.0.1", to: "1.1.0", date: "2026-03-01T00:00:00Z" }],
  },
  { name: "bridges", title: "Bridges & fords", description: "", version: "2.0.0", date: null, paths: [], comparisons: [] },
];
const end = { date: "2026-04-01T08:00:00Z", commit: "0123456789abcdef0123456789abcdef01234567" };
const OTHERS: Record<string, () => Promise<string> | string> = {
  "home.html": () => homePage(listed, env),
  "home-empty.html": () => homePage([], nowhere),
  "nothing-current.html": () => nothingCurrentPage({ name: "pact", title: "The pact", catalogue, env }),
  "nothing-current-ended.html": () =>
    nothingCurrentPage({ name: "pact", title: "The pact", catalogue, ended: { ...end, reason: "Done" }, env }),
  "home-ended.html": () =>
    homePage(
      listed.map((one, i) => ({ ...one, ended: i === 0 ? { ...end, continuedAs: "bridges" } : end })),
      env,
    ),
  "feed-ended.xml": () => feed(catalogue, "The pact & more", new Map(), { ...end, reason: "Done & over.", continuedAs: "bridges" }),
  "removed.html": () => removedPage({ name: "pact", title: "The pact", version: "1.0.0", reason: "Not ours.", env }),
  "missing.html": () => missingPage(env, [{ name: "things", title: "Things" }]),
  "verify.html": () => verifyPage(env),
  "feed.xml": () =>
    feed(
      catalogue,
      "The pact & more",
      new Map([
        ["1.0.1", "x".repeat(20_001)],
        ["1.1.0", "Two <facts>\u0001 changed."],
      ]),
    ),
  "sitemap.xml": () => sitemap("https://data.example", listed),
  "robots.txt": () => `${robots("https://data.example")}---\n${robots(undefined)}`,
};

describe("the pages of", () => {
  it.each(Object.keys(CASES))("%s equal the recorded ones", async (name) => {
    const [given, shown] = CASES[name] as (typeof CASES)[string];
    const { html, whole, subjects, sources, cards, lists, rest } = await pagesOf(given, shown);
    expectPage(`${name}.html`, html);
    expect(rest === undefined).toBe(whole === html);
    if (rest !== undefined) {
      expectPage(`${name}.whole.html`, whole);
      expectPage(`${name}.rest.json`, rest.replaceAll("},{", "},\n{"));
    }
    for (const [path, text] of lists) expectPage(`${name}.${path.split("/").at(-2)}.html`, text);
    for (const key of ["a", "b", "e", "no-one"]) {
      const subject = subjects.get(key);
      if (subject) expectPage(`${name}.${key}.html`, subject);
    }
    const [source] = sources.keys();
    if (source !== undefined) expectPage(`${name}.source.html`, sources.get(source) ?? "");
    for (const key of ["a-signed", "a-asked", "a-refuted"]) {
      const card = cards.get(`/pact/statements/${key}/`);
      if (card !== undefined) expectPage(`${name}.card-${key}.html`, card);
    }
    expect([subjects.size, cards.size > 0]).toEqual(name === "statements" ? [24, true] : [0, false]);
  });

  it("a large table hold its first rows, and leave all of them beside the page", async () => {
    const { html, rest } = await pagesOf(MANY);
    const ids = [...html.matchAll(/<tr [^>]*id="rows-(r\d+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(Array.from({ length: FIRST_ROWS }, (_, i) => `r${i}`));
    const unscripted = /<noscript>(<details>.*?)<\/noscript>/s.exec(html)?.[1] ?? "";
    expect([...unscripted.matchAll(/<li id="rows-(r\d+)"/g)].map(([, id]) => id)).toEqual(
      Array.from({ length: PAGE_ROWS - FIRST_ROWS }, (_, i) => `r${i + FIRST_ROWS}`),
    );
    const [address, sources, ...rows] = JSON.parse(rest ?? "") as [string, unknown[], ...{ id: string }[]];
    expect(html).toContain(`"rest":"${address}"`);
    expect([rows.length, rows[202]?.id, sources]).toEqual([203, "r202", []]);
    expect(html).toContain(`The first ${FIRST_ROWS} of 203 rows. All of them: <a href="/many/1.0.0/rows.csv">rows.csv</a>`);
    expect(html).not.toContain("data-mark");
  });

  it("a release with Parquet files offer them, to DuckDB too, and the Iceberg table that they make", async () => {
    const { page, html } = await pagesOf(MANY);
    expect(html).toContain("read_csv(&#39;https://data.example/many/1.0.0/rows.csv&#39;".replaceAll("&#39;", "'"));
    expect(html).not.toMatch(/parquet|iceberg/i);
    const parquet = { name: "rows.parquet", bytes: 2_000, sha256: "0".repeat(64) };
    const offered = await releasePage({ ...page, files: [...page.files, parquet] });
    expect(offered).toMatch(/<a class="button dark" href="\/many\/1\.0\.0\/rows\.parquet">.*?Parquet <small>/);
    expect(offered).toContain("<code>SELECT * FROM read_parquet('https://data.example/many/1.0.0/rows.parquet');</code>");
    expect(offered).not.toContain("allow_quoted_nulls");
    expect(offered).toContain("<code>https://data.example/many/iceberg/rows</code>");
    expect(offered).toContain("=IMPORTDATA(&quot;https://data.example/many/latest/rows.csv&quot;)");
  });

  it.each(Object.keys(OTHERS))("of another kind equal the recorded one: %s", async (name) => {
    expectPage(name, (await OTHERS[name]?.()) ?? "");
  });

  it("have no recorded page without a case", () => {
    const known = (file: string): boolean => file in OTHERS || Object.keys(CASES).some((name) => file.startsWith(`${name}.`));
    for (const file of WRITES ? readdirSync(FOLDER).filter((each) => !known(each)) : []) rmSync(join(FOLDER, file));
    expect(readdirSync(FOLDER).filter((file) => !known(file))).toEqual([]);
  });
});
