import { expect, it } from "vitest";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";
import { recordDays } from "../../../../lib/site/explorer/record-days.ts";

const date: Schema = { type: "string", format: "edtf" };
const planOf = (properties: Record<string, Schema>) =>
  planTable("t", {
    type: "object",
    properties: {
      t: { type: "array", primaryKey: ["id"], items: { type: "object", properties: { id: { type: "string" }, ...properties } } },
    },
  });

it.each<[string, [string, string] | undefined]>([
  ["2020-09-15", ["2020-09-15", "2020-09-15"]],
  ["2020-09", ["2020-09-01", "2020-09-30"]],
  ["2020-09-15T12:00:00Z", ["2020-09-15", "2020-09-15"]],
  ["2020-09-15t12:00:00+01:00", ["2020-09-15", "2020-09-15"]],
  ["2020-09T12:00:00Z", undefined],
  ["soon", undefined],
])("finds the first and the last day of %s", (text, days) => {
  expect(recordDays(planOf({ at: { ...date, role: "time" } }), { id: "a", at: text }, [])).toEqual(days);
});

it("finds the days of the value before those of the time, and else those of the first column of dates", () => {
  const plan = planOf({ value: { ...date, role: "value" }, at: { ...date, role: "time" } });
  expect(recordDays(plan, { id: "a", value: "2019", at: "2020" }, [])?.[0]).toBe("2019-01-01");
  expect(recordDays(plan, { id: "a", at: "2020" }, [])?.[0]).toBe("2020-01-01");
  const columns = [{ name: "on", kind: "date" }] as never;
  expect(recordDays(planOf({ on: date }), { id: "a", on: "2018" }, columns)?.[0]).toBe("2018-01-01");
  expect(recordDays(planOf({ on: date }), { id: "a", on: "2018" }, [])).toBeUndefined();
});
