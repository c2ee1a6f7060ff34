import { describe, expect, it } from "vitest";
import { FORMATS } from "../../../lib/formats/formats.ts";
import { listFormatFiles } from "../../../lib/formats/list-format-files.ts";
import { planTable, type Schema } from "../../../lib/schema/table-plan.ts";
import type { ExplorerModel, Facet, FacetValue, Row } from "../../../lib/site/explorer/explorer-model.ts";
import { answerSentences, saidSentence, statementSentences } from "../../../lib/site/page/answer-sentences.ts";
import { contradictedPassages, contradictedText } from "../../../lib/site/page/contradicted-text.ts";
import { countColumns } from "../../../lib/site/page/count-columns.ts";
import { featuredFiles } from "../../../lib/site/page/featured-files.ts";
import { fileCaption } from "../../../lib/site/page/file-caption.ts";
import { fileSize } from "../../../lib/site/page/file-size.ts";
import { listPages } from "../../../lib/site/page/list-pages.ts";
import { pageDescription } from "../../../lib/site/page/page-description.ts";
import { sourceScore } from "../../../lib/site/page/source-score.ts";
import type { StatementGroup } from "../../../lib/site/page/statement-group.ts";
import { versionState } from "../../../lib/site/page/version-state.ts";
import { styleText } from "../../../lib/site/style-text.ts";
import { fieldTitle, fieldValueText } from "../../../lib/site/versions/field-value-text.ts";
import { groupChanges, isFoldedGroup, withFirstChanges } from "../../../lib/site/versions/group-changes.ts";
import { ownValue } from "../../../lib/site/versions/own-value.ts";

const text: Schema = { type: "string" };
const plan = planTable("facts", {
  type: "object",
  properties: {
    facts: {
      type: "array",
      title: "Facts",
      primaryKey: ["id"],
      items: { type: "object", properties: { id: text, names: { type: "array", items: { type: "object", properties: { of: text } } } } },
    },
  },
});

describe("fileSize", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_000, "1.0 kB"],
    [1_550, "1.6 kB"],
    [999_940, "999.9 kB"],
    [1_000_000, "1.0 MB"],
    [2_500_000_000, "2.5 GB"],
    [5e12, "5000.0 GB"],
  ])("of %d is %s", (bytes, size) => {
    expect(fileSize(bytes)).toBe(size);
  });
});

describe("pageDescription", () => {
  it("has as many sentences as fit, or a part of the first", () => {
    expect(pageDescription(["One.", "Two."])).toBe("One. Two.");
    const [long, short] = [`${"x".repeat(295)}.`, "abc"];
    expect(pageDescription([long, short])).toBe(`${long} ${short}`);
    expect(pageDescription([long, `${short}d`])).toBe(long);
    expect(pageDescription(["a.", "y".repeat(298), "b."])).toBe("a.");
    expect(pageDescription(["x".repeat(300)])).toBe("x".repeat(300));
    expect(pageDescription(["x".repeat(301)])).toBe(`${"x".repeat(299)}…`);
    expect(pageDescription([])).toBe("");
  });
});

describe("files of a page", () => {
  const files = listFormatFiles({ metadata: { name: "d" }, plans: [plan] });

  it("have captions by what they are", () => {
    expect(fileCaption("schema.json", "x", files)).toBe("JSON Schema of the tables");
    expect(fileCaption("SHA256SUMS", undefined, files)).toBe("The hash of every file");
    expect(fileCaption("LICENSE", undefined, files)).toBe("The licence");
    expect(fileCaption("facts.csv", undefined, files)).toBe("One row per fact");
    expect(fileCaption("facts_names.csv", undefined, files)).toBe("Facts: names");
    expect([fileCaption("other.pdf", "Other", files), fileCaption("other.pdf", undefined, files)]).toEqual(["Other", ""]);
    for (const name of ["datapackage.json", "README.md", "CITATION.cff", "changes.json", "CHANGES.md"])
      expect(fileCaption(name, undefined, [])).not.toBe("");
  });

  it("that are offered first are of one table, and of all", () => {
    const page = {
      name: "d",
      formats: FORMATS.map(({ name }) => name),
      files: files.map(({ name }, i) => ({ name, title: "", bytes: i, sha256: "" })),
    };
    const shown = featuredFiles({ ...page, formats: FORMATS } as never, plan);
    expect(shown.map(({ name }) => name)).toContain("facts.csv");
    expect(shown.map(({ name }) => name)).not.toContain("facts_names.csv");
    expect(shown.find(({ name }) => name === "facts.csv")).toMatchObject({ label: "CSV", mediaType: "text/csv", isOfTable: true });
    expect(shown.filter(({ isOfTable }) => !isOfTable).every(({ name }) => name.startsWith("d"))).toBe(true);
    expect(featuredFiles({ ...page, formats: FORMATS, files: [] } as never, plan)).toEqual([]);
    expect(featuredFiles({ ...page, formats: FORMATS } as never, undefined).every(({ isOfTable }) => !isOfTable)).toBe(true);
  });

  it("have styles whose addresses lead to the assets", () => {
    expect(styleText("a{b:url(x.woff2)}c{d:url(y)}", "/assets/")).toBe("a{b:url(/assets/x.woff2)}c{d:url(/assets/y)}");
  });
});

describe("lists that are separate pages", () => {
  const wide = { plan: { columns: Array.from({ length: 500 }, () => ({})) } };
  const page = (more: object = {}) =>
    ({ name: "d", version: "1.0.0", isNewest: true, tables: [wide], main: { sourcePages: "/d/sources/" }, ...more }) as never;

  it("are of the newest release: all sources, and many columns", () => {
    expect(countColumns(page())).toBe(500);
    expect(listPages(page())).toEqual({ sources: "/d/sources/", columns: "/d/columns/" });
    expect(listPages(page({ tables: [{ plan }], main: {} }))).toEqual({});
    expect([listPages(page({ isNewest: false })), listPages(page({ version: null }))]).toEqual([{}, {}]);
    expect(listPages(page({ main: { sourcePages: "/d/columns/" } }))).toEqual({ sources: "/d/columns/" });
  });
});

describe("versionState", () => {
  it("names what happened to a version", () => {
    const event = (version: string, reason: string | null = "x") => ({ version, reason, commit: null, date: null });
    const catalogue = {
      dataset: "d",
      releases: [],
      withdrawn: [event("1.0.0"), event("1.1.0"), event("1.2.0"), event("1.2.0", null)],
      removed: [event("1.1.0")],
    };
    expect(["1.0.0", "1.1.0", "1.2.0", "1.3.0"].map((version) => versionState(catalogue, version))).toEqual([
      " (withdrawn)",
      " (removed)",
      "",
      "",
    ]);
  });
});

describe("the score of a source", () => {
  const row = (...sources: unknown[]): Row => ({ id: "r", cells: [], in: [], sources }) as never;
  const page = (contradicted: Row[], undecided = 0, superseded = 0, uncontradicted = 0) =>
    ({
      index: 1,
      model: { noun: ["fact", "facts"] },
      contradicted,
      undecided: Array(undecided),
      superseded: Array(superseded),
      uncontradicted: Array(uncontradicted),
    }) as never;

  it("counts its statements by what others say", () => {
    expect(sourceScore(page([]))).toBe("Only cited together with other sources.");
    expect(sourceScore(page([], 0, 0, 1))).toBe("1 fact: 1 not contradicted.");
    expect(sourceScore(page([row([1, "a", 1]), row([1, "a", 1])], 1, 2, 3))).toBe(
      "8 facts: 2 contradicted from 1 passage, 1 open, 2 less precise or older than another source, 3 not contradicted.",
    );
  });

  it("counts passages only if all are quoted, and fewer", () => {
    expect(contradictedPassages(page([row([1, "a", 1]), row([2, "x"], [1, "b", 1])]))).toBe(2);
    expect(contradictedPassages(page([row([1, "a", 1]), row([1, "b"])]))).toBeUndefined();
    expect(contradictedPassages(page([row([2, "a", 1])]))).toBeUndefined();
    expect(contradictedText(3, undefined, ["fact", "facts"])).toBe("3 facts");
    expect(contradictedText(3, 3, ["fact", "facts"])).toBe("3 facts");
    expect(contradictedText(3, 2, ["fact", "facts"])).toBe("3 facts from 2 passages");
  });
});

describe("sentences about statements", () => {
  const value = (label: string, more: Partial<FacetValue> = {}): FacetValue => ({ value: label, label, count: 1, ...more });
  const facets: Facet[] = [
    {
      name: "status",
      title: "Status",
      kind: "pills",
      role: "status",
      values: [value("Signed", { description: "It signed " }), value("Asked")],
    },
    {
      name: "certainty",
      title: "Certainty",
      kind: "pills",
      role: "certainty",
      values: [value("Sure", { level: 4 }), value("Likely", { level: 2 }), value("Fair", { level: 3 })],
    },
  ];
  const columns = (["subject", "text", "value", "date"] as const).map((kind) => ({ name: kind, title: kind, kind }));
  const sources = [
    { title: "Times", by: "" },
    { title: "Post", by: "" },
  ];
  const model = { table: "facts", noun: ["fact", "facts"], columns, facets, sources, rows: [], total: 0 } as unknown as ExplorerModel;
  const row = (id: string, cells: string[], more: Partial<Row> = {}): Row => ({ id, cells, in: [-1, 0], ...more });
  const group = (rows: Row[], more: Partial<StatementGroup> = {}): StatementGroup => ({ title: "Status", rows, ...more });

  it("name the property, the value, its date and its certainty", () => {
    expect(saidSentence(model, row("a", ["Mali", "Joined on", "2020", "2020"]))).toBe("Joined on 2020");
    expect(saidSentence(model, row("a", ["Mali", "Members", "5", "2020"]))).toBe("Members: 5 (2020)");
    expect(saidSentence(model, row("a", ["Mali", "Members", "5", "2020"], { in: [-1, 1] }))).toBe("Members: 5 (2020; Likely)");
    expect(saidSentence(model, row("a", ["Mali", "Members", "5", "2020"], { in: [-1, 2] }))).toBe("Members: 5 (2020)");
    expect(saidSentence(model, row("a", ["Mali", "Certainty", "Likely", ""], { in: [-1, 1] }))).toBe("Certainty: Likely");
    expect(saidSentence(model, row("a", ["Mali", "Status", "Signed", "2020"], { tone: "done" }))).toBe("Status: Signed, as of 2020");
  });

  it("name what replaces, contradicts or refines a statement", () => {
    const claim = { id: "b", text: "6", source: -1 };
    expect(statementSentences(model, row("a", ["Mali", "Members", "5", ""]))).toEqual(["Members: 5."]);
    expect(
      statementSentences(
        model,
        row("a", ["Mali", "Members", "5", ""], {
          ...{
            isDeprecated: true,
            replacedBy: claim,
            because: " It was a typo ",
            claims: [
              { ...claim, preferred: true },
              { ...claim, id: "c" },
            ],
          },
          ...{ lessPrecise: [{ ...claim, id: "d" }], morePrecise: [{ ...claim, id: "e", preferred: true, text: "5.5" }] },
        }),
      ),
    ).toEqual([
      "Members: 5.",
      "Deprecated.",
      "Replaced by: 6.",
      "Preferred instead: 6.",
      "More precisely: 5.5.",
      "It was a typo.",
      "2 other claims differ.",
      "1 other claim is less precise.",
      "1 other claim is more precise.",
    ]);
    expect(
      statementSentences(
        model,
        row("a", ["Mali", "Members", "5", ""], { isPreferred: true, because: "Why?", claims: [{ ...claim, preferred: true }] }),
      ),
    ).toEqual(["Members: 5.", "Why?", "1 other claim differs."]);
  });

  it("answer by the statements of the board, with the meaning of the status", () => {
    const signed = row("a", ["Mali", "Status", "Signed", ""], { tone: "done", in: [0, 0] });
    const other = group([row("x", ["Mali", "Members", "5", ""])], { title: "Members" });
    expect(answerSentences(model, [other, group([signed], { isAnswer: true })])).toEqual(["Status: Signed.", "It signed."]);
    expect(answerSentences(model, [group([{ ...signed, isDeprecated: true }], { isAnswer: true }), other])).toEqual(["Members: 5."]);
    expect(answerSentences(model, [])).toEqual([]);
  });

  it("list up to three values, and say that they conflict", () => {
    const rows = ["1", "2", "3", "4", "5"].map((cell, i) =>
      row(`r${i}`, ["Mali", "Members", cell, ""], { claims: [{ id: i === 0 ? "r1" : "r0", text: "", source: -1 }] }),
    );
    expect(answerSentences(model, [group(rows, { title: "Members" })])).toEqual(["Members: 1; 2; 3; 2 more.", "These claims conflict."]);
    expect(answerSentences(model, [group(rows.slice(0, 2), { title: "Members" })])).toEqual(["Members: 1; 2.", "These claims conflict."]);
    const same = ["a", "b"].map((id) => row(id, ["Mali", "Members", "1", ""], { claims: [{ id: "z", text: "", source: -1 }] }));
    expect(answerSentences(model, [group(same, { title: "Members" })])).toEqual(["Members: 1.", "1 other claim differs."]);
    const counts = { counts: { claims: 9 } };
    expect(
      answerSentences(model, [
        group(
          same.map((one) => ({ ...one, ...counts })),
          { title: "Members" },
        ),
      ])[1],
    ).toBe("At least 1 other claim differs.");
    expect(
      answerSentences(model, [
        group(
          same.slice(0, 1).map((one) => ({ ...one, ...counts })),
          { title: "Members" },
        ),
      ])[1],
    ).toBe("9 other claims differ.");
  });

  it("name the sources of each value", () => {
    const from = (id: string, cell: string, source: number): Row => row(id, ["Mali", "Members", cell, ""], { sources: [[source]] });
    expect(saidSentence(model, from("a", "1", 0))).toBe("Members: 1, says Times");
    expect(answerSentences(model, [group([from("a", "1", 0), from("b", "1", 1)], { title: "Members" })])).toEqual([
      "Members: 1, say Times; Post.",
    ]);
    expect(answerSentences(model, [group([from("a", "1", 0), from("b", "2", 1)], { title: "Members" })])).toEqual([
      "Members: 1, says Times; 2, says Post.",
    ]);
  });
});

describe("changes between versions", () => {
  const change = (key: string, more: object = {}) => ({
    table: "t",
    key,
    kind: "changed" as const,
    fields: [{ name: "a", old: 1, now: 2 }],
    ...more,
  });
  const grouped = (...records: object[]) => groupChanges({ from: "1", to: "2", shape: [], records: records as never });

  it("are grouped by kind, table and changed fields", () => {
    const { groups } = grouped(
      change("1"),
      change("2", {
        fields: [
          { name: "b", old: 1, now: 2 },
          { name: "a", old: 1, now: 2 },
        ],
      }),
      change("3", { fields: [{ name: "a", old: 1, now: 3 }] }),
      change("4", { kind: "added", fields: undefined }),
      change("5", { table: "u" }),
      change("6", {
        fields: [
          { name: "a", old: 1, now: 2 },
          { name: "b", old: 1, now: 9 },
        ],
      }),
    );
    expect(
      groups.map(({ kind, table, fields, same, count }) => [kind, table, fields.join(), same.map(({ name }) => name).join(), count]),
    ).toEqual([
      ["changed", "t", "a", "", 2],
      ["changed", "t", "b,a", "a", 2],
      ["added", "t", "", "", 1],
      ["changed", "u", "a", "a", 1],
    ]);
  });

  it("of many records come first, the largest first", () => {
    const many = (count: number, table: string) => Array.from({ length: count }, (_, i) => change(`${table}${i}`, { table }));
    const { groups } = grouped(change("x"), ...many(5, "u"), ...many(7, "v"), ...many(4, "w"));
    expect(groups.map(({ table, count }) => `${table}${count}`)).toEqual(["v7", "u5", "t1", "w4"]);
    expect(groups.map(isFoldedGroup)).toEqual([true, true, false, false]);
    const first = withFirstChanges({ from: "1", to: "2", shape: [], groups }, 3, 1).groups;
    expect(first.map(({ records, fields, same }) => [records?.length, fields.length, same.length])).toEqual([
      [undefined, 1, 1],
      [undefined, 0, 0],
      [1, 0, 0],
      [undefined, 0, 0],
    ]);
    expect(withFirstChanges({ from: "1", to: "2", shape: [], groups }, 5, 9).groups.map(({ records }) => records?.length)).toEqual([
      undefined,
      undefined,
      1,
      4,
    ]);
  });

  it("show values by their titles and labels", () => {
    const model = {
      tables: { t: { fields: { a: { title: "Field A", tables: ["u"], titles: { x: "Title X" } } } } },
      labels: { u: { k: "Label K" } },
    } as never;
    const shown = (value: unknown, name = "a"): string => fieldValueText(model, "t", name, value as never);
    expect([shown("k"), shown("x"), shown("z"), shown(5), shown(true), shown(false)]).toEqual([
      "Label K",
      "Title X",
      "z",
      "5",
      "yes",
      "no",
    ]);
    expect([shown(undefined), shown(null), shown([]), shown(["k", null]), shown({ p: "k", q: [1] })]).toEqual([
      "none",
      "none",
      "empty",
      "Label K; none",
      "Label K, 1",
    ]);
    expect([shown("k", "constructor"), fieldValueText(model, "constructor", "a", "k")]).toEqual(["k", "k"]);
    expect([fieldTitle(model, "t", "a"), fieldTitle(model, "t", "b"), fieldTitle(model, "u", "a")]).toEqual(["Field A", "b", "a"]);
    expect([ownValue({ a: 1 }, "a"), ownValue({ a: 1 }, "toString"), ownValue(undefined, "a")]).toEqual([1, undefined, undefined]);
  });
});
