import { describe, expect, it } from "vitest";
import { type Given, pagesOf } from "./pages-of.ts";
import { table, text } from "./table-schema.ts";

const dataset = { name: "d", title: "D", description: "D", licenses: [{ name: "CC0-1.0" }] };
const values = { in: { title: "Is in", tone: "done" }, out: { title: "Is out" } };

/** Statements of the status of each subject. */
const stated = (statuses: readonly string[], value: object = { ...text, role: "value", values }): Given => ({
  dataset,
  schema: {
    properties: {
      statements: table(
        { subject: { ...text, role: "subject", references: "people" }, property: { ...text, role: "property" }, value },
        { board: { title: "Who is in", property: "state" } },
      ),
      people: table({ label: { ...text, role: "label" } }),
    },
  },
  tables: {
    statements: statuses.map((status, i) => ({
      id: `s${i}`,
      subject: `p${i}`,
      property: "state",
      value: "properties" in value ? { code: status } : status,
    })),
    people: statuses.map((_, i) => ({ id: `p${i}`, label: `Person ${i}` })),
  },
});
const answersOf = (html: string) => {
  const section = /<section class="answers".*?<\/section>/s.exec(html)?.[0] ?? "";
  const [shown = "", folded = ""] = section.split("<details>");
  const plain = (part: string): string => part.replace(/<[^>]*>/g, "");
  return {
    rows: [...shown.matchAll(/<tr><th scope="row"[^>]*>(.*?)<\/th><td data-title="Status">(.*?)<\/td>/g)].map((row) =>
      row
        .slice(1)
        .map((cell) => plain(cell).trim())
        .join(": "),
    ),
    links: [...folded.matchAll(/<a href="[^"]*"[^>]*>(Person \d+)<\/a>/g)].map(([, label]) => label),
    folded: plain(folded),
  };
};

describe("the table that answers", () => {
  it("says some properties before the status, and so does the page of the subject", async () => {
    const given = stated(["in", "out"]);
    const board = (given.schema as { properties: { statements: { board: object } } }).properties.statements.board;
    Object.assign(board, { first: ["own word"] });
    given.tables["statements"]?.push({ id: "own", subject: "p1", property: "own word", value: "Never" });
    const { html, subjects } = await pagesOf(given);
    expect(answersOf(html).rows).toEqual(["Person 0: Is in", "Person 1: own word: Never Is out"]);
    expect(subjects.get("p1")).toMatch(/<p class="lead" dir="auto">own word: Never\. state: Is out\./);
    expect(subjects.get("p0")).toMatch(/<p class="lead" dir="auto">state: Is in\./);
  });

  it("shows the first subjects, names others below, and counts the rest", async () => {
    const { html } = await pagesOf(stated(Array.from({ length: 400 }, (_, i) => (i < 10 ? "out" : "in"))));
    const { rows, links, folded } = answersOf(html);
    expect([rows.length, rows[0], rows[59]]).toEqual([60, "Person 10: Is in", "Person 69: Is in"]);
    expect([links.length, links[0], links.at(-1)]).toEqual([300, "Person 70", "Person 369"]);
    expect(folded).toMatch(/^340 more.*40 more are in statements\.csv\./s);
    // The picture of the page counts all.
    expect(html).toContain('<meta property="og:image:alt" content="D. Who is in: Is in 390 · Is out 10"/>');
  });

  it("describes a status that contradicts one of the answer", async () => {
    const given = stated(["in"]);
    const { statements } = (given.schema as { properties: Record<string, { items: { properties: object } }> }).properties;
    const role = (name: string): object => ({ ...text, role: name });
    Object.assign(statements?.items.properties ?? {}, {
      rank: { ...role("rank"), enum: ["preferred", "normal"] },
      conflict: role("conflict"),
    });
    const [first] = given.tables["statements"] ?? [];
    Object.assign(first ?? {}, { rank: "preferred", conflict: "c" });
    given.tables["statements"]?.push({ ...first, id: "other", value: "out", rank: "normal" });
    const described = Object.fromEntries(
      Object.entries(values).map(([value, note]) => [value, { tone: "partial", ...note, description: `Means ${value}.` }]),
    );
    Object.assign(statements?.items.properties ?? {}, { value: { ...text, role: "value", values: described } });
    const { html } = await pagesOf(given);
    expect(answersOf(html).rows.length).toBe(1);
    const legend = /<p class="muted legend">(.*?)<\/p>/s.exec(html)?.[1]?.replace(/<[^>]*>/g, "");
    expect(legend).toContain("Is in: Means in.");
    expect(legend).toContain("Is out: Means out.");
  });

  const object = {
    type: "object",
    role: "value",
    properties: {
      code: { ...text, enum: ["in", "out", "unheard"], values },
      event: { ...text, values: { in: { title: "Happened inside" }, planned: { title: "Planned" } } },
    },
  };
  it.each([
    ["of a text", undefined],
    ["of an object", object],
  ])("has statuses without a note or a tone as well: values %s", async (_what, value) => {
    const { html, page } = await pagesOf(stated(["unheard", "out", "in"], value));
    expect(answersOf(html).rows).toEqual(["Person 2: Is in", "Person 1: Is out", "Person 0: unheard"]);
    const filter = page.main?.model.facets.find(({ role }) => role === "status")?.values.map(({ label, count }) => `${label} ${count}`);
    expect(filter).toEqual(["Is in 1", "Is out 1", "unheard 1"]);
  });
});

describe("the board", () => {
  const records = (statuses: readonly (string | undefined)[]): Given => ({
    dataset,
    schema: { properties: { things: table({ label: { ...text, role: "label" }, state: { ...text, role: "status", values } }) } },
    tables: { things: statuses.map((state, i) => ({ id: `t${i}`, label: `Thing ${i}`, ...(state === undefined ? {} : { state }) })) },
  });
  const boardOf = async (given: Given): Promise<string> =>
    /<section class="board".*?<\/section>/s.exec((await pagesOf(given)).html)?.[0] ?? "";

  it("names the first records of a status, and leads to the others", async () => {
    const board = await boardOf(records([...Array<string>(1_061).fill("in"), "out"]));
    expect([...board.matchAll(/>Thing \d+</g)].length).toBe(61);
    expect(board).toContain('<span class="number tone done">1,061</span>');
    expect(board).toContain('and <a href="?state=in#explore">1,001 more</a>');
  });

  it("has statuses that the schema does not describe, and none for records without one", async () => {
    const board = await boardOf(records(["new", "in", undefined]));
    expect([...board.matchAll(/<\/span> ([^<]*)<\/h3>/g)].map(([, label]) => label)).toEqual(["Is in", "new"]);
    expect([...board.matchAll(/>(Thing \d+)</g)].map(([, label]) => label)).toEqual(["Thing 1", "Thing 0"]);
  });

  it("is missing if there are too many statuses", async () => {
    expect(await boardOf(records(Array.from({ length: 24 }, (_, i) => `s${i}`)))).not.toBe("");
    expect(await boardOf(records(Array.from({ length: 25 }, (_, i) => `s${i}`)))).toBe("");
  });
});
