import { describe, expect, it } from "vitest";
import type { Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { answerCitation } from "../../../../lib/site/page/answer-citation.ts";

describe("answerCitation", () => {
  const row = (text: string, value: string, more: Partial<Row> = {}): Row => ({ id: value, cells: ["Mali", text, value], in: [], ...more });
  const page = {
    ...{ label: "Mali", key: "country:ML" },
    model: {
      ...{
        facets: [
          { name: "who", role: "subject", values: [{ value: "country:ML" }] },
          { name: "status", role: "status", values: [{ label: "Signed", description: "Nothing is ratified yet" }] },
        ],
        table: "facts",
        cite: { release: "Ann (2026). Pacts (version 1.2.0)", path: "/pacts/1.2.0/" },
      },
      columns: (["subject", "text", "value"] as const).map((kind) => ({ name: kind, title: kind, kind })),
      sources: [{ title: "A pact is signed", by: "Times, 2020-01-02", url: "https://times.example/pact" }],
    },
    about: [
      { title: "Members", rows: [row("Members", "5")] },
      {
        title: "Status",
        isAnswer: true,
        rows: [row("Status", "Signed", { tone: "context", sources: [[0]], claims: [{ id: "a" }, { id: "b" }] } as never)],
      },
      { title: "Asked on", isAnswer: true, rows: [row("Asked on", "2020"), row("Asked on", "2019", { isDeprecated: true })] },
    ],
  };

  it("names each standing statement of the answer, its source, what the answer adds, the release and a permanent address of all about the subject", () => {
    expect(answerCitation(page as never, "https://site.example")).toBe(
      "Mali: Status: Signed, says Times (2020-01-02): “A pact is signed” (https://times.example/pact). Nothing is ratified yet. 2 other claims differ. Asked on 2020. In: Ann (2026). Pacts (version 1.2.0). https://site.example/pacts/1.2.0/?who=country%3AML#explore",
    );
  });

  it("leads to the first statement if the filter has no value for the subject", () => {
    expect(answerCitation({ ...page, key: "country:XX" } as never, "https://site.example")).toMatch(
      / https:\/\/site\.example\/pacts\/1\.2\.0\/#facts-Signed$/,
    );
  });

  it("is missing without an answer, and in a preview", () => {
    expect(answerCitation({ ...page, about: [] } as never, "")).toBeUndefined();
    expect(answerCitation({ ...page, model: { ...page.model, cite: undefined } } as never, "")).toBeUndefined();
  });
});
