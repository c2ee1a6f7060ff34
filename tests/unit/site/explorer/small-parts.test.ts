import { describe, expect, it } from "vitest";
import type { JsonRecord, Labels } from "../../../../lib/formats/cell-text.ts";
import { planTable, type Schema, type TablePlan } from "../../../../lib/schema/table-plan.ts";
import { cellOf } from "../../../../lib/site/explorer/cell-of.ts";
import { claimCount } from "../../../../lib/site/explorer/claim-count.ts";
import { comparedTexts } from "../../../../lib/site/explorer/compared-texts.ts";
import { counted } from "../../../../lib/site/explorer/counted.ts";
import { criteriaText } from "../../../../lib/site/explorer/criteria-text.ts";
import type { ExplorerModel, Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { facetName } from "../../../../lib/site/explorer/facet-name.ts";
import { foldedText } from "../../../../lib/site/explorer/folded-text.ts";
import { isStatements } from "../../../../lib/site/explorer/is-statements.ts";
import { NearWords } from "../../../../lib/site/explorer/near-words.ts";
import { propertyText } from "../../../../lib/site/explorer/property-text.ts";
import { NOTHING } from "../../../../lib/site/explorer/query.ts";
import { readableText } from "../../../../lib/site/explorer/readable-text.ts";
import { rowAddress, rowAddresses, subjectAddress } from "../../../../lib/site/explorer/row-addresses.ts";
import { rowDate } from "../../../../lib/site/explorer/row-date.ts";
import { contentWords, searchableText, searchWords } from "../../../../lib/site/explorer/search-words.ts";
import { spokenName } from "../../../../lib/site/explorer/spoken-name.ts";
import { standingOrder, standingReader } from "../../../../lib/site/explorer/standing-reader.ts";
import { standingRows } from "../../../../lib/site/explorer/standing-rows.ts";
import { subjectRanker } from "../../../../lib/site/explorer/subject-ranker.ts";
import { tableNoun } from "../../../../lib/site/explorer/table-noun.ts";
import { valueDays } from "../../../../lib/site/explorer/value-days.ts";

const text: Schema = { type: "string" };
const planOf = (properties: Record<string, Schema>, more: object = {}): TablePlan =>
  planTable("t", {
    type: "object",
    properties: { t: { type: "array", primaryKey: ["id"], ...more, items: { type: "object", properties: { id: text, ...properties } } } },
  });
const column = (kind: ExplorerModel["columns"][number]["kind"], name: string = kind) => ({ name, title: name, kind });
const row = (cells: string[], more: Partial<Row> = {}): Row => ({ id: "r", cells, in: [], ...more });
const labels: Labels = new Map([["rivers", new Map([["rhine", "Rhine"]])]]);

describe("a row", () => {
  const columns = [column("subject"), column("text"), column("value"), column("date")];
  const cells = ["Mali", "Joined", "2020", "15 Sep 2020"];

  it("has the cell of a kind of column", () => {
    expect([cellOf({ columns }, row(cells), "value"), cellOf({ columns }, row(cells), "rank")]).toEqual(["2020", ""]);
  });

  it("has a date, which is that of the evidence of a status", () => {
    const model = { columns } as unknown as ExplorerModel;
    expect(rowDate(model, row(cells))).toBe("15 Sep 2020");
    expect(rowDate(model, row(cells, { tone: "done" }))).toBe("as of 15 Sep 2020");
    expect(rowDate(model, row(["Mali"], { tone: "done" }))).toBe("");
  });

  it("is named by what a statement says, or else by its first two cells or its key", () => {
    expect(spokenName({ columns }, row(cells))).toBe("Mali, Joined, 2020");
    expect(spokenName({ columns }, row(["", "Joined", "", "15 Sep 2020"]))).toBe("Joined");
    const plain = { columns: [column("text"), column("date"), column("number"), column("link")] };
    expect(spokenName(plain, row(["", "a", "b", "c"]))).toBe("a, b");
    expect(spokenName(plain, row(["", ""]))).toBe("r");
  });

  it("counts the claims of a kind, of which it may list only the first", () => {
    const claims = [{ id: "a", text: "x", source: -1 }];
    expect([claimCount(row([]), "claims"), claimCount(row([], { claims }), "claims")]).toEqual([0, 1]);
    expect(claimCount(row([], { claims, counts: { claims: 7 } }), "claims")).toBe(7);
    expect(claimCount(row([], { claims, counts: { lessPrecise: 7 } }), "claims")).toBe(1);
  });

  it("is compared by its cell, and as a statement by the first day of its value too", () => {
    const days = ["2020-09-15", "2020-09-20"] as [string, string];
    expect(comparedTexts(columns, 3, row(cells, { days }))).toEqual(["15 Sep 2020", "15 Sep 2020"]);
    expect(comparedTexts(columns, 3, row(["", "", "", ""], { days }))).toEqual(["15 Sep 2020"]);
    expect(comparedTexts(columns, 2, row(cells, { days }))).toEqual(["2020"]);
    expect(comparedTexts([column("date")], 0, row(["2020"], { days }))).toEqual(["2020"]);
    expect(comparedTexts(columns, 9, row(cells))).toEqual([]);
  });
});

describe("the address of a row", () => {
  const value = (name: string, more: object = {}) => ({ value: name, label: name, count: 1, ...more });
  const facets = [
    { name: "k", title: "K", kind: "select", values: [] },
    { name: "s", title: "S", kind: "select", role: "subject", values: [value("mali"), value("chad", { isWithoutPage: true })] },
  ] as ExplorerModel["facets"];
  const model = { table: "facts", facets, subjects: "/d/parties/" } as ExplorerModel;
  const at = (position: number, id = "r"): Row => ({ ...row([]), id, in: [-1, position] });

  it("is on the page of its subject, if it has one", () => {
    expect(subjectAddress(model, at(0))).toBe("/d/parties/mali/");
    expect([subjectAddress(model, at(1)), subjectAddress(model, at(-1)), subjectAddress({ facets }, at(0))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(subjectAddress({ facets: [], subjects: "/x/" }, at(0))).toBeUndefined();
    expect(rowAddress(model, at(0))).toMatch(/^\/d\/parties\/mali\/.*r$/);
    expect(rowAddress(model, at(1))).not.toContain("/d/parties/");
  });

  it("is found by the id of the row", () => {
    const addressOf = rowAddresses({ ...model, rows: [at(0, "a"), at(1, "b")] });
    expect([addressOf("a"), addressOf("b"), addressOf("z")]).toEqual([
      rowAddress(model, at(0, "a")),
      rowAddress(model, at(1, "b")),
      rowAddress({ ...model, facets: [] }, at(0, "z")),
    ]);
  });
});

describe("words of the page", () => {
  it("count things, and name a table", () => {
    expect([0, 1, 2000].map((count) => counted(count, ["fact", "facts"]))).toEqual(["0 facts", "1 fact", "2,000 facts"]);
    expect(tableNoun({ title: "Legal Entities" } as TablePlan)).toEqual(["legal entity", "legal entities"]);
  });

  it("name no filter like another parameter of the address", () => {
    expect(["q", "sort", "page", "conflicts", "name"].map(facetName)).toEqual(["q_", "sort_", "page_", "conflicts_", "name"]);
  });

  it("are compared without accents and case", () => {
    expect(foldedText("São TOMÉ, Ångström")).toBe("sao tome, angstrom");
  });

  it("describe the filters of a query", () => {
    const facets = [
      { name: "kind", title: "Kind", kind: "select", values: [{ value: "a", label: "Label A", count: 1 }] },
      { name: "size", title: "Size", kind: "range", values: [] },
    ] as unknown as ExplorerModel["facets"];
    const model = { facets } as ExplorerModel;
    expect(criteriaText(model, NOTHING)).toBe("");
    const picked = { kind: ["a", "b"], size: ["1..2"] };
    expect(criteriaText(model, { ...NOTHING, text: " sea ", picked, conflicts: true })).toBe(
      "“sea” and Label A and b and Size 1 to 2 and conflicting claims",
    );
  });
});

describe("readableText", () => {
  const readable = (schema: Schema, value: unknown): string => readableText(schema, {}, value as JsonRecord, labels);
  it.each<[Schema, unknown, string]>([
    [text, "a", "a"],
    [text, undefined, ""],
    [text, null, ""],
    [{ type: "boolean" }, true, "yes"],
    [{ type: "boolean" }, false, "no"],
    [{ type: "integer" }, 9999, "9999"],
    [{ type: "integer" }, 10000, "10,000"],
    [{ type: "integer" }, -10000, "-10,000"],
    [{ type: "number" }, 146083.5, "146,083.5"],
    [{ type: "number" }, 1e21, "1e+21"],
    [{ type: "number", display: "{} km" }, 20000, "20,000 km"],
    [{ type: "integer", references: "rivers" }, 10000, "10000"],
    [{ ...text, references: "rivers" }, "rhine", "Rhine"],
    [{ ...text, references: "rivers" }, "elbe", "elbe"],
    [{ ...text, format: "date" }, "2020-09-15", "15 Sep 2020"],
    [{ ...text, format: "edtf", display: "since {}" }, "2020-09", "since Sep 2020"],
    [{ ...text, enum: ["a"], values: { a: { title: "Title" } } }, "a", "Title"],
    [{ type: "array", items: { ...text, references: "rivers" } }, ["rhine", "elbe"], "Rhine; elbe"],
    [{ type: "array" }, ["a"], "a"],
    [{ type: "object", properties: { a: text, b: { type: "integer" }, c: text } }, { b: 1, a: "x" }, "x, 1"],
    [{ type: "object" }, { a: 1 }, ""],
  ])("of %j and %j is %s", (schema, value, shown) => {
    expect(readable(schema, value)).toBe(shown);
  });
});

describe("propertyText", () => {
  const plan = planOf({
    zipCode: { type: "integer" },
    zip_code: { type: "integer" },
    people: { type: "integer" },
    no: { type: "integer" },
  });
  it("groups the digits of amounts, but not of codes and keys", () => {
    const record = { id: "a", zip_code: 12345, people: 12345, no: 12345 };
    expect(["zip_code", "people", "no", "missing"].map((name) => propertyText(plan, name, record, labels))).toEqual([
      "12345",
      "12,345",
      "12345",
      "",
    ]);
    const numbered = planOf({});
    expect(
      propertyText({ ...numbered, record: { type: "object", properties: { id: { type: "integer" } } } }, "id", { id: 12345 }, labels),
    ).toBe("12345");
  });
});

describe("statements", () => {
  const levels = { ...text, role: "certainty", enum: ["sure", "wrong"], values: { sure: { level: 4 }, wrong: { level: 0 } } } as Schema;
  const plan = planOf({
    s: { ...text, role: "subject", references: "rivers" },
    v: { type: "object", role: "value", properties: { date: { ...text, format: "edtf" }, name: text } },
    c: levels,
    rank: { ...text, role: "rank", enum: ["preferred", "normal", "deprecated"] },
    replacedBy: text,
  });

  it("are records with a subject and a value", () => {
    expect(isStatements(plan)).toBe(true);
    expect(isStatements(planOf({ s: { ...text, role: "subject" } }))).toBe(false);
    expect(isStatements(planOf({ v: { ...text, role: "value" } }))).toBe(false);
  });

  it("hold unless they are deprecated, refuted or replaced", () => {
    const read = standingReader(plan);
    expect(read({ c: "sure", rank: "normal" })).toStrictEqual({});
    expect(read({ c: "sure", rank: "preferred" })).toStrictEqual({ isPreferred: true });
    expect(read({ c: "wrong", rank: "preferred" })).toStrictEqual({ isRefuted: true });
    expect(read({ c: "sure", rank: "preferred", replacedBy: "b" })).toStrictEqual({ isReplaced: true });
    expect(read({ c: "wrong", rank: "deprecated", replacedBy: "b" })).toStrictEqual({
      isDeprecated: true,
      isRefuted: true,
      isReplaced: true,
    });
    expect(read({})).toStrictEqual({});
    expect(standingReader(planOf({}))({ rank: "deprecated", c: "wrong", replacedBy: "b" })).toStrictEqual({});
  });

  it("are ordered: preferred, standing, replaced or refuted, deprecated", () => {
    const kinds = [{ isPreferred: true }, {}, { isReplaced: true }, { isRefuted: true }, { isDeprecated: true, isRefuted: true }] as const;
    expect(kinds.map(standingOrder)).toEqual([0, 1, 2, 2, 3]);
  });

  it("answer by the preferred ones, or else by all that hold", () => {
    const [preferred, plain] = [{ isPreferred: true as const }, {}];
    const fallen = [{ isDeprecated: true as const }, { isRefuted: true as const }, { isReplaced: true as const }];
    expect(standingRows([plain, preferred, ...fallen])).toEqual([preferred]);
    expect(standingRows([plain, ...fallen, plain])).toEqual([plain, plain]);
    expect(standingRows([{ isPreferred: true, isDeprecated: true }, plain])).toEqual([plain]);
    expect(standingRows(fallen)).toEqual([]);
  });

  it("have days if their value is one date", () => {
    const days = (v: unknown) => valueDays(plan, { v } as JsonRecord);
    expect(days({ date: "2020-09" })).toEqual({ start: "2020-09-01", end: "2020-09-30" });
    expect(days({ date: "2020-09", name: null })).toMatchObject({ start: "2020-09-01" });
    for (const other of [{ date: "2020", name: "x" }, { name: "2020" }, { date: "soon" }, {}, null, undefined, ["2020"], "2020"])
      expect(days(other)).toBeUndefined();
    const dated = planOf({ v: { ...text, role: "value", format: "date" } });
    expect(valueDays(dated, { v: "2020-09-15" })).toEqual({ start: "2020-09-15", end: "2020-09-15" });
    expect(valueDays(planOf({ v: { ...text, role: "value" } }), { v: "2020" })).toBeUndefined();
    expect(valueDays(planOf({}), { v: "2020" })).toBeUndefined();
  });
});

describe("the words of a search", () => {
  it.each([
    ["a  b", [["a"], ["b"]]],
    ["", []],
    ["15 September 2020", [["2020-09-15"]]],
    ["September 15th, 2020", [["2020-09-15"]]],
    ["Sept. 2020", [["2020-09"]]],
    ["5 may 2020 treaty", [["2020-05-05"], ["treaty"]]],
    ["march", [["march", " mar ", "\nmar "]]],
    ["mar", [["mar"]]],
    ["market", [["market"]]],
    ["Türkiye", [["turkiye"]]],
  ])("of %j are %j", (search, words) => {
    expect(searchWords(search)).toEqual(words);
  });

  it("find dates in words, and numbers without separators", () => {
    expect(searchableText("On 15 Sep 2020")).toBe("on 15 sep 2020\n2020-09-15");
    expect(searchableText("December 1, 2020 and May 2021")).toBe("december 1, 2020 and may 2021\n2020-12-01\n2021-05");
    expect(searchableText("146,083 of 1,234,567")).toBe("146,083 of 1,234,567\n146083\n1234567");
    expect(searchableText("1,23 in 2020")).toBe("1,23 in 2020");
  });

  it("of a question are those that say something", () => {
    expect(contentWords("When did Kazakhstan join?")).toBe("kazakhstan join");
    expect(contentWords("who has the sea")).toBe("sea");
    expect(contentWords("had a river")).toBe("river");
    expect([contentWords("Kazakhstan"), contentWords("who is it?"), contentWords("")]).toEqual([undefined, undefined, undefined]);
    expect(contentWords("Kazakhstan!")).toBe("kazakhstan");
  });

  it.each([
    ["kazakstan", "kazakhstan and mali", "kazakhstan"],
    ["kazakhsatn", "kazakhstan", "kazakhstan"],
    ["kazkhsatn", "kazakhstan", "kazakhstan"],
    ["kzkhstn", "kazakhstan", undefined],
    ["mlai", "mali", "mali"],
    ["mali", "mali", "mali"],
    ["mal", "mai", undefined],
    ["mala", "mali male", "male"],
    ["malii", "mali", "mali"],
    ["malixy", "mali", undefined],
    ["2019", "2020", undefined],
    ["chad", "mali", undefined],
  ])("find for %s in %j: %s", (word, found, nearest) => {
    const words = new NearWords([word]);
    words.add(found);
    expect(words.nearest()).toBe(nearest);
  });

  it("rank rows by their subject", () => {
    const rank = (search: string, ...cells: string[]): number =>
      subjectRanker({ columns: [column("text"), column("subject")] }, search)(row(cells));
    expect(rank("mali", "x", "Mali")).toBe(0);
    expect(rank("mali join", "x", "Mali")).toBe(0);
    expect(rank("mali", "x", "Mali and Chad")).toBe(1);
    expect(rank("mali join", "x", "Mali and Chad")).toBe(2);
    expect(rank("mali", "Mali", "Chad")).toBe(3);
    expect(subjectRanker({ columns: [column("text")] }, "mali")(row(["Mali"]))).toBe(0);
    const ranker = subjectRanker({ columns: [column("subject")] }, "mali");
    expect([ranker(row(["Mali"])), ranker(row(["Chad"])), ranker(row(["Mali"]))]).toEqual([0, 3, 0]);
  });
});
