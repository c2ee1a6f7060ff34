import type { TablePlan } from "../schema/table-plan.ts";
import type { JsonRecord, Labels } from "./cells.ts";
import { csvHead, csvLinkRows, csvRows } from "./csv.ts";
import { sqlRows, sqlTablesOf } from "./sql-tables.ts";

/** One file that a table is published as. Its parts, one a batch, are joined in order with `separator` between. */
export interface Output {
  /** File name within the release. */
  name: string;
  head: string;
  separator: string;
  foot: string;
  /** Which part of the engine's result it is made of. */
  part: string;
}

/** The files of one table. */
export function outputsOf(plan: TablePlan): Output[] {
  return [
    { name: `${plan.name}.csv`, head: csvHead(plan.layout, plan.columns), separator: "", foot: "", part: "csv" },
    ...plan.links.map((link) => ({
      name: `${link.name}.csv`,
      head: csvHead(plan.layout, link.columns),
      separator: "",
      foot: "",
      part: `csv:${link.name}`,
    })),
    { name: `${plan.name}.json`, head: "[\n", separator: ",\n", foot: "\n]\n", part: "json" },
    { name: `${plan.name}.ndjson`, head: "", separator: "", foot: "", part: "ndjson" },
  ];
}

/** Encodes some records for every output of their table; part → text. `lines` are the records as compact JSON. */
export function encodeParts(
  plan: TablePlan,
  records: readonly JsonRecord[],
  lines: readonly string[],
  labels: Labels,
): Map<string, string> {
  const parts = new Map<string, string>();
  parts.set("csv", csvRows(plan, records, labels));
  for (const link of plan.links) parts.set(`csv:${link.name}`, csvLinkRows(plan.layout, link, records, labels));
  parts.set("json", lines.join(",\n"));
  parts.set("ndjson", lines.length > 0 ? `${lines.join("\n")}\n` : "");
  return parts;
}

/** The rows of some records for checks: table → JSON, a list of rows. */
export const encodeRows = (plan: TablePlan, records: readonly JsonRecord[], labels: Labels): Map<string, string> =>
  new Map(sqlTablesOf(plan).map((table) => [table.name, JSON.stringify(sqlRows(table, records, labels))]));
