import { expect, it } from "vitest";
import { findLargeNumbers } from "../../../lib/engine/find-large-numbers.ts";
import type { JsonRecord } from "../../../lib/formats/value.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const SCHEMA = {
  properties: {
    t: {
      type: "array",
      primaryKey: ["id"],
      items: {
        type: "object",
        properties: {
          id: { type: "string" },
          whole: { type: ["integer", "null"] },
          any: { type: "number" },
          both: { type: ["integer", "string"] },
          inside: { type: "object", properties: { count: { type: "integer" } } },
          list: { type: "array", items: { type: "integer" } },
          rows: { type: "array", items: { type: "object", properties: { n: { type: "integer" } } } },
        },
      },
    },
  },
};
const plan = { ...planTable("t", SCHEMA), wholeNumbers: "parquet" };
const places = (record: JsonRecord): string[] => findLargeNumbers(plan)(record).map(({ path }) => path.join("."));

it("finds whole numbers beyond 64 bits in any column", () => {
  const large = 2 ** 63;
  expect(places({ id: "a", whole: large, inside: { count: -large * 2 }, list: [1, large], rows: [{ n: 1 }, { n: large }] })).toEqual([
    "whole",
    "inside.count",
    "list.1",
    "rows.1.n",
  ]);
  expect(findLargeNumbers(plan)({ id: "a", whole: large })[0]).toMatchObject({
    message: "9223372036854775808 is too large: whole numbers in parquet files have 64 bits",
  });
});

it("accepts the smallest and largest 64-bit integers, and numbers in other columns", () => {
  expect(places({ id: "a", whole: -(2 ** 63), inside: { count: 2 ** 63 - 1024 }, any: 1e300, both: 1e30, list: [] })).toEqual([]);
  expect(places({ id: "a", whole: null })).toEqual([]);
});

it("finds nothing if no format of the dataset is limited", () => {
  expect(findLargeNumbers(planTable("t", SCHEMA))({ id: "a", whole: 1e30 })).toEqual([]);
});
