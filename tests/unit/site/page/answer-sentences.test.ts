import { describe, expect, it } from "vitest";
import type { ExplorerModel, Facet, FacetValue, Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { answerSentences, saidSentence, statementSentences } from "../../../../lib/site/page/answer-sentences.ts";
import type { StatementGroup } from "../../../../lib/site/page/statement-group.ts";

describe("answerSentences", () => {
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
