import { describe, expect, it } from "vitest";
import { claimCount } from "../../../../lib/site/explorer/claim-count.ts";
import type { Row } from "../../../../lib/site/explorer/explorer-model.ts";

const row = (cells: string[], more: Partial<Row> = {}): Row => ({ id: "r", cells, in: [], ...more });

describe("claimCount", () => {
  it("counts the claims of a kind, of which it may list only the first", () => {
    const claims = [{ id: "a", text: "x", source: -1 }];
    expect([claimCount(row([]), "claims"), claimCount(row([], { claims }), "claims")]).toEqual([0, 1]);
    expect(claimCount(row([], { claims, counts: { claims: 7 } }), "claims")).toBe(7);
    expect(claimCount(row([], { claims, counts: { lessPrecise: 7 } }), "claims")).toBe(1);
  });
});
