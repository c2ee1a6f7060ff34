import { expect, it } from "vitest";
import { csvTableName } from "../../../bin/commands/csv-table-name.ts";

it.each([
  ["rivers.csv", "rivers", "rivers"],
  ["Rivers of Europe.csv", "Rivers of Europe", "rivers_of_europe"],
  ["2026-05-15.csv", "Records", "records"],
  ["20260515.csv", "Records", "records"],
  ["2026.csv", "Records", "records"],
  ["rivers-2026-05-15.csv", "rivers", "rivers"],
  ["rivers_202605.csv", "rivers", "rivers"],
  ["2026-05 rivers.csv", "rivers", "rivers"],
  ["2026-05-15_2026-05-16.csv", "Records", "records"],
  ["top500.csv", "top500", "top500"],
  ["census-1990.csv", "census-1990", "census_1990"],
  ["3 rivers.csv", "3 rivers", "x3_rivers"],
  ["flüsse.csv", "flüsse", "flusse"],
  ["waters.csv", "waters", "records"],
])("a table from %s is called %s, and %s in files", (file, title, tableName) => {
  expect(csvTableName("waters", file)).toEqual({ title, tableName });
});
