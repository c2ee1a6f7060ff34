import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../../lib/formats/value.ts";
import { cardHref } from "../../../lib/site/explorer/card-href.ts";
import { rowCitation } from "../../../lib/site/explorer/row-citation.ts";
import { type Given, pagesOf, type Shown } from "../site/pages-of.ts";
import { table, text } from "../site/table-schema.ts";

/** Statements with these keys. */
const given = (keys: string[], more: JsonRecord = {}): Given => ({
  dataset: { name: "d", title: "The <D>", description: "D", licenses: [{ name: "CC0-1.0" }] },
  schema: {
    properties: {
      statements: table({
        subject: { ...text, role: "subject", references: "people" },
        property: { ...text, role: "property" },
        value: { ...text, role: "value" },
        rank: { ...text, role: "rank", enum: ["preferred", "normal", "deprecated"] },
        reason: { ...text, role: "reason" },
        source: { ...text, role: "source", references: "books" },
      }),
      people: table({ label: { ...text, role: "label" } }),
      books: table({ label: { ...text, role: "label" }, url: { ...text, format: "uri" } }),
    },
  },
  tables: {
    statements: keys.map((id) => ({ id, subject: "x", property: "Age", value: "5", source: "b", ...more })),
    people: [{ id: "x", label: 'X "the" <Great>' }],
    books: [{ id: "b", label: "Chronicle", url: "https://books.example/b?a=1&b=2" }],
  },
});
const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `s${i}`);
const paths = async (keys: string[], shown: Shown = {}): Promise<string[]> => [...(await pagesOf(given(keys), shown)).cards.keys()];

describe("cards", () => {
  it("exist for the first 300 statements of the answer; other rows offer their citation", async () => {
    const all = await paths(numbered(300));
    expect(all.length).toBe(300);
    const { cards, subjects, page } = await pagesOf(given(numbered(301)));
    expect([[...cards.keys()], subjects.size]).toEqual([all, 1]);
    const model = page.main?.whole;
    expect(model?.rows.flatMap((row, i) => (cardHref(model, row) === undefined ? [i] : []))).toEqual([300]);
    const subject = subjects.get("x") ?? "";
    expect(subject).toContain('id="statements-s0"');
    expect(cards.get("/d/statements/s0/")).toContain('<a href="/d/people/x/#statements-s0">');
  });

  it.each([
    ["are one folder on some file systems", ["a", "A"], ["/d/statements/a/"]],
    ["cannot be the name of a folder", ["a", "b/c"], ["/d/statements/a/", "/d/statements/b~2Fc/"]],
    ["have other letters and spaces", ["Zürich", "New York"], ["/d/statements/Z~C3~BCrich/", "/d/statements/New~20York/"]],
    ["are special names on file systems", ["..", "~", "-a"], ["/d/statements/~2E./", "/d/statements/~7E/", "/d/statements/~2Da/"]],
    ["are too long", ["a", "b".repeat(201), "ü".repeat(34)], ["/d/statements/a/"]],
    ["have a colon", ["a:b", "c"], ["/d/statements/a-b/", "/d/statements/c/"]],
    ["have a colon, and others its replacement", ["a:b", "a-b"], ["/d/statements/a-b/"]],
  ])("exist for each statement whose key can be a folder name: keys that %s", async (_what, keys, expected) => {
    expect(await paths(keys)).toEqual(expected);
  });

  it("may be missing for a statement, without links to a page that does not exist", async () => {
    const { cards, subjects } = await pagesOf(given(["a", "A"]));
    const page = subjects.get("x") ?? "";
    expect(page).toContain('href="/d/statements/a/#cite"');
    expect(page).toContain('<a href="/d/#statements-A">A</a>');
    expect(cards.size).toBe(1);
  });

  it("exist only for the newest release", async () => {
    expect(await paths(["a"], { isNewest: false })).toEqual([]);
    expect(await paths(["a"], { version: null })).toEqual([]);
  });

  it("show data as text, in the page and in embedded data", async () => {
    const html = (await pagesOf(given(["a"]))).cards.get("/d/statements/a/") ?? "";
    expect(html).not.toMatch(/<Great>|<D>/);
    const [, code = ""] = /<h3>Embed<\/h3><pre>([^<]*)<\/pre>/.exec(html) ?? [];
    const embed = code.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
    expect(embed).toBe(
      [
        '<blockquote cite="https://data.example/d/1.0.0/#statements-a">',
        '<p><a href="https://data.example/d/statements/a/">X &quot;the&quot; &lt;Great></a>: Age: 5, says Chronicle. ',
        '<a href="https://books.example/b?a=1&amp;b=2">Source</a></p>',
        '<p>The &lt;D>, <a href="https://data.example/d/1.0.0/#statements-a">version 1.0.0</a>, 2 Jan 2026. CC0-1.0</p></blockquote>',
      ].join(""),
    );
    // The visible text is the text that is copied.
    expect(html).toContain(embed);
    expect(html).toContain('<h1 dir="auto"><a href="/d/people/x/#statements-a">');
  });

  it("state in the citation that a statement is deprecated, and the reason in their text", async () => {
    const html = (await pagesOf(given(["a"], { rank: "deprecated", reason: "Too old" }))).cards.get("/d/statements/a/") ?? "";
    expect(html).toContain(
      "X &quot;the&quot; &lt;Great>: Age: 5, says Chronicle (deprecated) (https://books.example/b?a=1&amp;b=2). In: The contributors to The &lt;D> (2026). The &lt;D> (version 1.0.0) [data set]. https://data.example/d/1.0.0/#statements-a</pre>",
    );
    expect(html).toContain('property="og:description" content="Age: 5, says Chronicle. Deprecated. Too old."');
  });
});

it("name the statement that replaces theirs", async () => {
  const { schema, tables, dataset } = given(["a"]);
  const [first] = tables["statements"] ?? [];
  const properties = (schema as { properties: { statements: { items: { properties: JsonRecord } } } }).properties;
  properties.statements.items.properties["replacedBy"] = { ...text, references: "statements" };
  const statements = [
    { ...first, replacedBy: "c" },
    { ...first, id: "c", value: "6" },
  ];
  const html = (await pagesOf({ dataset, schema, tables: { ...tables, statements } })).cards.get("/d/statements/a/") ?? "";
  expect(html).toContain('property="og:description" content="Age: 5, says Chronicle. Replaced by: 6, says Chronicle."');
  expect(html).toContain(
    '<p class="heading">Replaced by</p><ul><li><strong>6</strong> <span class="by"><a href="/d/statements/c/">Chronicle</a>',
  );
});

describe("the citation of a row", () => {
  it("exists for older releases, and for tables without statements", async () => {
    const old = (await pagesOf(given(["a"]), { isNewest: false })).page.main?.whole;
    expect(old && rowCitation(old, old.rows[0] as never, "https://h")).toBe(
      'X "the" <Great>: Age: 5, says Chronicle (https://books.example/b?a=1&b=2). In: The contributors to The <D> (2026). The <D> (version 1.0.0) [data set]. https://h/d/1.0.0/#statements-a',
    );
    const { dataset } = given([]);
    const schema = { properties: { rivers: table({ length: { type: "number" } }) } };
    const rivers = (await pagesOf({ dataset, schema, tables: { rivers: [{ id: "rhine", length: 1233 }] } })).page.main?.whole;
    expect(rivers && rowCitation(rivers, rivers.rows[0] as never, "")).toBe(
      "rhine, 1233. In: The contributors to The <D> (2026). The <D> (version 1.0.0) [data set]. /d/1.0.0/#rivers-rhine",
    );
  });

  it("has the title and address of the source, and the number of claims that differ, as its page counts them", async () => {
    const { dataset, schema, tables } = given(["a", "b", "c"]);
    const { statements, books } = (schema as { properties: Record<string, { items: { properties: JsonRecord } }> }).properties;
    Object.assign(statements?.items.properties ?? {}, { conflict: { ...text, role: "conflict" } });
    Object.assign(books?.items.properties ?? {}, { title: text });
    const told = (tables["statements"] ?? []).map((row, i) => ({ ...row, conflict: "age", value: String(5 + i) }));
    const named = (tables["books"] ?? []).map((book) => ({ ...book, title: "Lives" }));
    const citation = async (statements: JsonRecord[]): Promise<string | undefined> => {
      const { page } = await pagesOf({ dataset, schema, tables: { ...tables, statements, books: named } });
      return page.main?.whole && rowCitation(page.main.whole, page.main.whole.rows[0] as never, "");
    };
    expect(await citation(told)).toMatch(
      /^X "the" <Great>: Age: 5, says Chronicle: “Lives” \(https:\/\/books\.example\/b\?a=1&b=2\); 2 other claims differ\. In: /,
    );
    // Its page counts refuted statements too.
    const [own = {}, ...others] = told;
    const settled = [{ ...own, rank: "preferred" }, ...others.map((row) => ({ ...row, rank: "deprecated" }))];
    expect(await citation(settled)).toMatch(/“Lives” \(https:\/\/books\.example\/b\?a=1&b=2\); 2 other claims differ\. In: /);
  });

  it("omits titles that were not read in the source, and pages do not quote them", async () => {
    const { dataset, schema, tables } = given(["a", "b"]);
    const { statements, books } = (schema as { properties: Record<string, { items: { properties: JsonRecord } }> }).properties;
    Object.assign(statements?.items.properties ?? {}, { conflict: { ...text, role: "conflict" } });
    const titleBasis = { ...text, enum: ["page", "address"], values: { address: { level: 0 } } };
    Object.assign(books?.items.properties ?? {}, { title: text, titleBasis });
    const told = (tables["statements"] ?? []).map((row, i) => ({
      ...row,
      conflict: "age",
      value: String(i),
      rank: i ? "deprecated" : "normal",
    }));
    const shown = async (basis: string) => {
      const named = (tables["books"] ?? []).map((book) => ({ ...book, title: "Lives", titleBasis: basis }));
      const { page, sources, html } = await pagesOf({ dataset, schema, tables: { ...tables, statements: told, books: named } });
      const model = page.main?.whole;
      const [, title] = /<title>(.*?) · /.exec(sources.get("b") ?? "") ?? [];
      return [model && rowCitation(model, model.rows[0] as never, "")?.split("?")[0], title, / data-inferred="true"/.test(html)];
    };
    expect(await shown("page")).toEqual([
      'X "the" <Great>: Age: 0, says Chronicle: “Lives” (https://books.example/b',
      "“Lives” (Chronicle)",
      false,
    ]);
    expect(await shown("address")).toEqual(['X "the" <Great>: Age: 0, says Chronicle (https://books.example/b', "Chronicle", true]);
  });

  it("does not exist in a preview", async () => {
    const model = (await pagesOf(given(["a"]), { version: null })).page.main?.whole;
    expect(model && [model.cite, rowCitation(model, model.rows[0] as never, "")]).toEqual([undefined, undefined]);
  });
});
