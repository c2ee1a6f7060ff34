import { expect, it } from "vitest";
import { formerPageBody } from "../../../lib/render/former-page-body.ts";
import { keyOfSlug, pageSlug } from "../../../lib/site/explorer/page-slug.ts";
import { FIRST_ROWS, PAGE_ROWS } from "../../../lib/site/limits.ts";
import { type Given, type Pages, pagesOf } from "../site/pages-of.ts";
import { table, text } from "../site/table-schema.ts";

/** A statement about each subject, each by a different source. The last subject has a status. */
const given = (subjects: string[], sources = subjects): Given => ({
  dataset: { name: "d", title: "D", description: "D", licenses: [{ name: "CC0-1.0" }] },
  schema: {
    properties: {
      statements: table(
        {
          subject: { ...text, role: "subject", references: "people" },
          property: { ...text, role: "property" },
          value: { ...text, role: "value", enum: ["signed", "5"], values: { signed: { title: "Signed", tone: "done" } } },
          source: { ...text, role: "source", references: "books" },
        },
        { board: { title: "Who signed", property: "state" } },
      ),
      people: table({ label: { ...text, role: "label" } }),
      books: table({ label: { ...text, role: "label" } }),
    },
  },
  tables: {
    statements: subjects.map((subject, i) => {
      const isLast = i === subjects.length - 1;
      return { id: `s${i}`, subject, property: isLast ? "state" : "age", value: isLast ? "signed" : "5", source: sources[i] ?? "b" };
    }),
    people: subjects.map((id) => ({ id, label: `The ${id}` })),
    books: [...new Set(sources)].map((id) => ({ id, label: `Book ${id}` })),
  },
});
const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `p${i}`);

/** Every address of a page of a subject, source or card that a page links to. */
const linked = ({ whole, lists, subjects, sources, cards }: Pages): Set<string> => {
  const all = [whole, ...lists.values(), ...subjects.values(), ...sources.values(), ...cards.values()].join("");
  return new Set(
    [...all.matchAll(/href="(?:https:\/\/data\.example)?(\/d\/(?:people|books|statements)\/[^/"]+\/)[^"]*"/g)].map(
      ([, path]) => path ?? "",
    ),
  );
};
const made = (pages: Pages, keys: string[]): string[] => [
  ...["people", "books"].flatMap((name) =>
    keys.filter((key) => pages[name === "people" ? "subjects" : "sources"].has(key)).map((key) => `/d/${name}/${pageSlug(key)}/`),
  ),
  ...pages.cards.keys(),
];

it("exist for the first 300 subjects of the answer, and the first 300 sources; no link leads to a missing page", async () => {
  const keys = numbered(600);
  const pages = await pagesOf(given(keys));
  // The last subject has a status, so it is first in the answer.
  const first = ["p599", ...keys.slice(0, 299)];
  expect([new Set(pages.subjects.keys()), [...pages.sources.keys()]]).toEqual([new Set(first), first]);
  expect([...linked(pages)].sort()).toEqual(made(pages, keys).sort());
  expect(pages.html).toContain("All but 300 are on the page of their subject as well.");
  // Without scripts, rows that are on no page of a subject are listed here, up to a limit.
  const listed = [...(/<noscript>(.*?)<\/noscript>/s.exec(pages.html)?.[1] ?? "").matchAll(/<li id="statements-(s\d+)"/g)].map(
    ([, id]) => id,
  );
  expect(listed).toEqual(
    numbered(299 + PAGE_ROWS - FIRST_ROWS)
      .slice(299)
      .map((key) => key.replace("p", "s")),
  );
});

it("are missing only for keys that are too long, or have the same folder as another", async () => {
  const keys = ["New York", "a", "A", "x".repeat(201), "Zürich"];
  const pages = await pagesOf(given(keys));
  expect([...pages.subjects.keys()]).toEqual(["New York", "a", "Zürich"]);
  expect([...linked(pages)].sort()).toEqual(made(pages, keys).sort());
  expect([...linked(pages)]).toContain("/d/people/New~20York/");
});

it("show a key unchanged, as in references and addresses, without separators", async () => {
  const keyed = given(["146083"]);
  const tables = {
    ...keyed.tables,
    statements: [{ id: "s", subject: 146083, property: "age", value: "5" }],
    people: [{ id: 146083, label: "P", income: 146083 }],
  };
  const html = (await pagesOf({ ...keyed, tables })).subjects.get("146083") ?? "";
  expect(html).toContain('<dd dir="auto">146083</dd>');
});

it("link the names of related subjects in notes as whole words, preferring the longest", async () => {
  const { dataset, tables } = given(["a"]);
  const pages = await pagesOf({
    dataset,
    schema: {
      properties: {
        statements: table({
          subject: { ...text, role: "subject", references: "people" },
          property: { ...text, role: "property" },
          value: { ...text, role: "value" },
          note: { ...text, role: "note" },
        }),
        people: table({ label: { ...text, role: "label" }, of: { ...text, references: "people" } }),
      },
    },
    tables: {
      ...tables,
      statements: [
        { id: "s0", subject: "il", property: "age", value: "5", note: "Israelis in South Sudan, and Sudan (C++), Sudan." },
        ...["sd", "ss", "i", "c"].map((subject) => ({ id: `s-${subject}`, subject, property: "age", value: "6" })),
      ],
      people: [
        { id: "il", label: "Land" },
        ...Object.entries({ sd: "Sudan", ss: "South Sudan", i: "Israel", c: "C++" }).map(([id, label]) => ({ id, label, of: "il" })),
      ],
    },
  });
  const [, note = ""] = /<span class="by" dir="auto">(.*?)<\/span>/.exec(pages.subjects.get("il") ?? "") ?? [];
  expect(note).toBe(
    'Israelis in <a href="/d/people/ss/">South Sudan</a>, and <a href="/d/people/sd/">Sudan</a> (<a href="/d/people/c/">C++</a>), Sudan.',
  );
});

it("have different folder names for different keys", () => {
  const keys = ["a", "a b", "a~20b", "a%20b", "ä", "~C3~A4", "é!", "(a)", "*", "'", ".", "..", "_a", "a/b", "a\\b", "日本"];
  const slugs = keys.map(pageSlug);
  expect(new Set(slugs).size).toBe(keys.length);
  for (const slug of slugs) expect(slug).toMatch(/^[A-Za-z0-9~][A-Za-z0-9._~-]*$/);
  expect(slugs.map((slug) => keyOfSlug(slug ?? ""))).toEqual(keys);
  expect(pageSlug("")).toBeUndefined();
});

it("link to the row of their record after they are replaced", async () => {
  const body = async (key: string): Promise<string> => (await formerPageBody({}, key)).toString("utf8");
  expect(await body("pages/d/statements/New~20York/index.html")).toContain('<a href="/d/#statements-New%20York">');
  expect(await body("pages/d/statements/%zz/index.html")).toContain("<h1>Page not found</h1>");
  expect(await body("pages/d/1.0.0/index.html")).not.toContain("a statement");
});

it("list what most other subjects of the same kind have: properties of statements, and columns", async () => {
  const base = given(["a", "b", "c"]);
  const properties = base.schema as { properties: { people: { items: { properties: Record<string, object> } } } };
  Object.assign(properties.properties.people.items.properties, {
    kind: { ...text, enum: ["person", "place"] },
    born: { ...text, title: "Born in" },
    note: { ...text, role: "note" },
  });
  const lackingWith = async (more: readonly Record<string, string>[]) => {
    const people = [
      { id: "a", label: "The a", kind: "person", born: "1990", note: "A note." },
      { id: "b", label: "The b", kind: "place" },
      { id: "c", label: "The c", kind: "person" },
    ];
    const { subjects } = await pagesOf({ ...base, tables: { ...base.tables, people: [...people, ...more] } });
    return ["a", "b", "c"].map((key) => /Not recorded: ([^<]*)<\/summary>\s*<p[^>]*>([^<]*)/.exec(subjects.get(key) ?? "")?.slice(1));
  };
  expect(await lackingWith([])).toEqual([
    ["1 property that most others with kind: person have", "state"],
    undefined,
    ["2 properties that most others with kind: person have", "age, Born in"],
  ]);
  expect(
    await lackingWith([
      { id: "d", label: "The d", kind: "person", born: "1991" },
      { id: "e", label: "The e", kind: "person" },
    ]),
  ).toEqual([undefined, undefined, ["1 property that most others with kind: person have", "Born in"]]);
});
