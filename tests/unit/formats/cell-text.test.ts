import { describe, expect, it } from "vitest";
import { csvTextHeaderRow, csvTextRows } from "../../../lib/formats/csv/csv-text.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const SCHEMA: Schema = {
  type: "object",
  properties: {
    t: {
      type: "array",
      primaryKey: ["id"],
      items: {
        type: "object",
        required: ["id"],
        properties: {
          id: text,
          n: { type: "integer" },
          share: { type: "number" },
          "=x": text,
          mixed: { type: ["integer", "string"] },
          l: { type: "array", items: text },
        },
      },
    },
  },
};
const csv = (layout: number, ...records: object[]): string => {
  const plan = planTable("t", SCHEMA, layout);
  return csvTextHeaderRow(layout, plan.columns) + csvTextRows(plan, records as never, new Map());
};

describe("a CSV", () => {
  it("of layout 2 guards names, items and texts of any column, and writes whole numbers in digits", () => {
    expect(
      csv(2, { id: "+5", n: 1e21, share: 1e21, "=x": "a;=b", mixed: "=y", l: ["=1", "b"] }, { id: "-x", n: -5, mixed: -3, l: [] }),
    ).toBe("id,n,share,'=x,mixed,l\r\n+5,1000000000000000000000,1e+21,a;'=b,'=y,'=1;b\r\n'-x,-5,,,-3,[]\r\n");
  });

  it("of layout 1 is unchanged", () => {
    expect(csv(1, { id: "+5", n: 1e21, share: -1, "=x": "a;=b", mixed: "=y", l: ["=1", "=b"] })).toBe(
      "id,n,share,=x,mixed,l\r\n'+5,1e+21,-1,a;=b,=y,'=1;=b\r\n",
    );
  });
});
