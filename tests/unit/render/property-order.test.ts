import { describe, expect, it } from "vitest";
import { propertyOrder } from "../../../lib/render/property-order.ts";
import type { TablePlan } from "../../../lib/schema/table-plan.ts";
import { planOf, text } from "../../plan-of.ts";

describe("propertyOrder", () => {
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

  it("is the order of the board, then that of the table of properties", () => {
    const plan = { ...statements(), board: { title: "B", property: "left", columns: ["joined"] } } as TablePlan;
    expect(propertyOrder({ plan, others })).toEqual(["left", "joined", "status", "joined", "left"]);
    const before = { ...plan, board: { ...plan.board, first: ["status"] } } as TablePlan;
    expect(propertyOrder({ plan: before, others })).toEqual(["status", "left", "joined", "status", "joined", "left"]);
    expect(propertyOrder({ plan: statements(), others })).toEqual(["status", "joined", "left"]);
    expect(propertyOrder({ plan: statements(), others: new Map() })).toEqual([]);
  });
});
