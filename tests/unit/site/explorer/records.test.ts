import { describe, expect, it } from "vitest";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";
import type { Citation, Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { listStatuses, statedStatus } from "../../../../lib/site/explorer/list-statuses.ts";
import { pageSlug } from "../../../../lib/site/explorer/page-slug.ts";
import { propertyTexts } from "../../../../lib/site/explorer/property.ts";
import { rankWord } from "../../../../lib/site/explorer/rank-word.ts";
import { rowAnchor, rowHref } from "../../../../lib/site/explorer/row-anchor.ts";
import { rowTitle } from "../../../../lib/site/explorer/row-title.ts";
import { sourceName } from "../../../../lib/site/explorer/source-name.ts";
import { sourceProperties, sourceText } from "../../../../lib/site/explorer/source-text.ts";
import { sourcesByReliability, supportingSources } from "../../../../lib/site/explorer/supporting-sources.ts";

const text: Schema = { type: "string" };
const planOf = (properties: Record<string, Schema>, board?: object) => {
  const plan = planTable("t", {
    type: "object",
    properties: { t: { type: "array", primaryKey: ["id"], items: { type: "object", properties: { id: text, ...properties } } } },
  });
  return board ? { ...plan, board: board as never } : plan;
};

describe("the status of a subject", () => {
  const plan = planOf(
    {
      about: { ...text, role: "subject" },
      what: { ...text, role: "property" },
      is: { ...text, role: "value" },
      rank: { enum: ["preferred", "normal", "deprecated"], role: "rank" },
    },
    { property: "status" },
  );
  const says = (about: string, is: unknown, rank = "normal", what = "status") => ({ about, what, is, rank }) as never;
  const statuses = (...records: never[]) => Object.fromEntries(listStatuses({ plan, records }));

  it("is what its preferred statements say, or else those that are not deprecated", () => {
    expect(statuses(says("a", "in"), says("a", "out"), says("a", "in"), says("b", "in", "deprecated"))).toEqual({ a: ["in", "out"] });
    expect(statuses(says("a", "in"), says("a", "out", "preferred"), says("a", "late"))).toEqual({ a: ["out"] });
    expect(statuses(says("a", "out", "preferred"), says("a", "x", "preferred"))).toEqual({ a: ["out", "x"] });
  });

  it("is no statement of another property, or without a text", () => {
    expect(statuses(says("a", "in", "normal", "name"), says("a", 5), says("a", { n: 1, s: "inner" }))).toEqual({ a: ["inner"] });
    expect(statedStatus(planOf({}), says("a", "in"))).toBeUndefined();
    expect([...listStatuses({ plan: planOf({}), records: [says("a", "in")] })]).toEqual([]);
  });
});

describe("sources of a record", () => {
  const plan = planOf({
    from: { ...text, references: "sources", role: "source" },
    page: { ...text, role: "locator" },
    kind: { enum: ["quote", "summary"] },
    also: {
      type: "array",
      items: { type: "object", properties: { source: { ...text, references: "sources" }, n: { type: "integer" }, words: text } },
    },
  });

  it("are its own, with locator and whether it is a quote, and those of its lists", () => {
    const cited = sourceProperties(plan);
    expect(cited?.table).toBe("sources");
    expect(
      cited?.of({
        from: "s1",
        page: "7",
        kind: "quote",
        also: [
          { source: "s2", words: "so" },
          { source: "s3", n: 1 },
        ],
      } as never),
    ).toEqual([["s1", "7", 1], ["s2", "so"], ["s3"]]);
    expect(cited?.of({ from: "s1", kind: "summary" } as never)).toEqual([["s1"]]);
    expect(sourceProperties(planOf({ from: { ...text, references: "sources" } }))).toBeUndefined();
  });

  it("are mentions if the schema gives the type of citation level 0", () => {
    const kind = { ...text, enum: ["supports", "mentions"], values: { supports: { title: "backs" }, mentions: { level: 0 } } };
    const cited = sourceProperties(
      planOf({
        from: { ...text, role: "source", references: "sources" },
        kind: { enum: ["quote"] },
        also: { type: "array", items: { type: "object", properties: { source: { ...text, references: "sources" }, kind, words: text } } },
      }),
    );
    const sources = cited?.of({
      from: "s1",
      kind: "quote",
      also: [
        { source: "s2", kind: "mentions", words: "so" },
        { source: "s3", kind: "supports" },
      ],
    } as never);
    expect(sources).toEqual([
      ["s1", "", 1],
      ["s2", "mentions: so", 0],
      ["s3", "backs"],
    ]);
    const row = { sources: sources?.map(([, locator, mark], i): Citation<number> => [i, locator, mark]) } as Row;
    expect(supportingSources(row)).toEqual([0, 2]);
    const [plain, contradicted] = [
      { title: "", by: "" },
      { title: "", by: "", weakness: 1 },
    ];
    expect(sourcesByReliability({ sources: [contradicted, plain, plain] }, row)).toEqual([2, 0]);
    expect(sourcesByReliability({ sources: [plain, plain, plain] }, row)).toEqual([0, 2]);
    expect(sourcesByReliability({ sources: [contradicted, plain, contradicted] }, row)).toEqual([0, 2]);
  });

  it("are cited by title and address", () => {
    const sources = planOf({ label: text, title: text, url: { ...text, format: "uri" } });
    expect(sourceText(sources, { id: "s", label: "Ann", title: "Report", url: "https://example.org" })).toEqual({
      title: "Report",
      by: "Ann",
      url: "https://example.org",
    });
    expect(sourceText(sources, { id: "s", label: "Ann", url: "javascript:alert(1)" })).toEqual({ title: "Ann", by: "" });
    expect(sourceText(sources, { id: "s" }).title).toBe("s");
    const known = {
      sources: [
        { title: "Report", by: "Ann" },
        { title: "Alone", by: "" },
      ],
    };
    expect([0, 1, 2].map((source) => sourceName(known, source))).toEqual(["Ann", "Alone", ""]);
  });
});

describe("names of records", () => {
  it.each([
    ["river:rhine", "river-rhine"],
    ["a.b_c-d", "a.b_c-d"],
    ["", undefined],
    [".hidden", "~2Ehidden"],
    ["a/b", "a~2Fb"],
    ["ä", "~C3~A4"],
    ["a b", "a~20b"],
    ["a b:c", "a~20b~3Ac"],
    ["x".repeat(200), "x".repeat(200)],
    ["x".repeat(201), undefined],
  ])("pageSlug of %j is %j", (key, slug) => {
    expect(pageSlug(key)).toBe(slug);
  });

  it("are anchors that an address can hold", () => {
    expect([rowAnchor("t", "a b"), rowHref("t", "a b")]).toEqual(["t-a b", "#t-a%20b"]);
    expect([rowTitle({ cells: ["a", "b", "c"] } as never), rowTitle({ cells: ["", "b"] } as never)]).toEqual(["a · b", "b"]);
    expect([rankWord({}), rankWord({ isPreferred: true }), rankWord({ isPreferred: true, isDeprecated: true })]).toEqual([
      undefined,
      "preferred",
      "deprecated",
    ]);
  });

  it("are the texts of a value, or of each item of a list", () => {
    expect([propertyTexts(undefined), propertyTexts(null), propertyTexts(0), propertyTexts(false)]).toEqual([[], [], ["0"], ["false"]]);
    expect(propertyTexts(["a", 1, null, { x: 1 }])).toEqual(["a", "1", undefined, undefined]);
  });
});
