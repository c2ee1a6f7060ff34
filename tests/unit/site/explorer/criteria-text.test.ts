import { describe, expect, it } from "vitest";
import { criteriaText } from "../../../../lib/site/explorer/criteria-text.ts";
import type { ExplorerModel } from "../../../../lib/site/explorer/explorer-model.ts";
import { NOTHING } from "../../../../lib/site/explorer/query.ts";

describe("criteriaText", () => {
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
