import { describe, expect, it } from "vitest";
import { groupStatements } from "../../../lib/render/group-statements.ts";
import type { TablePlan } from "../../../lib/schema/table-plan.ts";
import type { Row } from "../../../lib/site/explorer/explorer-model.ts";
import { planOf, text } from "../../plan-of.ts";

describe("groupStatements", () => {
  const statements = (board?: object): TablePlan =>
    planOf(
      {
        s: { ...text, role: "subject", references: "parties" },
        p: { ...text, role: "property", references: "properties" },
        v: { ...text, role: "value" },
      },
      board ? { board } : {},
    );
  const others = new Map([
    [
      "properties",
      {
        plan: planOf({}),
        records: new Map([
          ["status", {}],
          ["joined", {}],
          ["left", {}],
        ]),
      },
    ],
  ]);
  const labels = new Map([["properties", new Map([["joined", "Joined on"]])]]);
  const row = (id: string, more: Partial<Row> = {}): Row => ({ id, cells: [], in: [], ...more });

  it("groups statements by property, preferred ones first", () => {
    const plan = { ...statements(), board: { title: "B", property: "left" } } as TablePlan;
    const groups = groupStatements({ plan, labels, others } as never, [
      { property: "other", row: row("1") },
      { property: "joined", row: row("2", { isDeprecated: true }) },
      { property: "joined", row: row("3") },
      { property: "joined", row: row("4", { isPreferred: true }) },
      { property: "left", row: row("5") },
    ]);
    expect(groups.map(({ title, isAnswer, rows }) => [title, isAnswer, rows.map(({ id }) => id)])).toEqual([
      ["left", true, ["5"]],
      ["Joined on", undefined, ["4", "3", "2"]],
      ["other", undefined, ["1"]],
    ]);
  });
});
