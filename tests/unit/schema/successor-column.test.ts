import { describe, expect, it } from "vitest";
import type { Schema } from "../../../lib/schema/schema.ts";
import { successorColumn } from "../../../lib/schema/successor-column.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const recordOf = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  type: "object",
  required,
  properties,
});

describe("successorColumn", () => {
  const columnOf = (properties: Record<string, Schema>): string | undefined =>
    successorColumn(
      planTable("t", {
        type: "object",
        properties: { t: { type: "array", primaryKey: ["id"], items: recordOf({ id: text, ...properties }) } },
      }),
    );

  it("is replacedBy, or the column with that role", () => {
    expect(columnOf({ other: text, replacedBy: text })).toBe("replacedBy");
    expect(columnOf({ other: text, next: { ...text, role: "replacedBy" } })).toBe("next");
    expect(columnOf({ next: { ...text, role: "subject" } })).toBeUndefined();
  });
});
