import { describe, expect, it } from "vitest";
import type { TablePlan } from "../../../../lib/schema/table-plan.ts";
import { counted } from "../../../../lib/site/explorer/counted.ts";
import { tableNoun } from "../../../../lib/site/explorer/table-noun.ts";

describe("counted", () => {
  it("count things, and name a table", () => {
    expect([0, 1, 2000].map((count) => counted(count, ["fact", "facts"]))).toEqual(["0 facts", "1 fact", "2,000 facts"]);
    expect(tableNoun({ title: "Legal Entities" } as TablePlan)).toEqual(["legal entity", "legal entities"]);
    expect(tableNoun({ title: "History" } as TablePlan)).toEqual(["record", "records"]);
  });
});
