import { expect, it } from "vitest";
import { CellCounts } from "../../../lib/formats/cell-counts.ts";
import { CountedTables } from "../../../lib/ports/counted-tables.ts";
import type { TablePlan } from "../../../lib/schema/table-plan.ts";

const planOf = (...names: string[]): TablePlan => ({ columns: names.map((name) => ({ path: [name] })) }) as unknown as TablePlan;
const wide = planOf(...Array.from({ length: 9_000 }, (_, i) => `c${i}`));

it("distinguishes tables by records and columns", () => {
  const tables = new CountedTables();
  const counts = new CellCounts(1);
  tables.add("abc", planOf("id"), counts);
  expect(tables.get("abc", planOf("id"))).toBe(counts);
  expect(tables.get("abc", planOf("name"))).toBeUndefined();
  expect(tables.get("abd", planOf("id"))).toBeUndefined();
});

it("forgets the oldest tables once there are too many columns, and counts no table twice", () => {
  const tables = new CountedTables();
  for (const records of ["a", "b", "b", "b"]) tables.add(records, wide, new CellCounts(9_000));
  expect(["a", "b"].map((records) => tables.get(records, wide) !== undefined)).toEqual([true, true]);
  tables.add("c", wide, new CellCounts(9_000));
  expect(["a", "b", "c"].map((records) => tables.get(records, wide) !== undefined)).toEqual([false, true, true]);
});
