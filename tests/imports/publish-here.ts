import { writeFile } from "node:fs/promises";
import { csvFile } from "../../lib/adapters/folder/csv-file.ts";
import { inferredRecords, inferredTableSchema, inferTable } from "../../lib/csv-import/infer-table.ts";
import { csvTextHeaderRow, csvTextRows } from "../../lib/formats/csv/csv-text.ts";
import { planTable } from "../../lib/schema/table-plan.ts";
import { readCsv } from "./read-csv.ts";
import { otherInCsv, silentChanges, textsOf } from "./silent-changes.ts";

/** The rows of a file without those that were skipped, as the notes say: above the header, below the table, and empty ones. */
export function tableOf(rows: ReturnType<typeof readCsv>, notes: readonly string[]): ReturnType<typeof readCsv> {
  const above = notes.flatMap((note) => /^Skipped above .*named in line (\d+)$/.exec(note)?.[1] ?? [])[0];
  const below = notes.flatMap((note) => /^Skipped below .*\(line (\d+)/.exec(note)?.[1] ?? [])[0];
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const header = above === undefined ? filled[0]?.line : Number(above);
  return filled.filter(({ line }) => line > (header ?? 0) && line < Number(below ?? Number.POSITIVE_INFINITY));
}

/** Imports a CSV and publishes it, all in this process; returns the changes that were not reported, or the problems for which it was refused. */
export async function publishHere(path: string, text: string): Promise<{ silent: string[]; refused: string[] }> {
  await writeFile(path, text);
  const table = await csvFile(path);
  const { inferred, problems } = await inferTable("t.csv", table);
  if (!inferred) return { silent: [], refused: problems.map(({ message }) => message) };
  const records = [];
  for await (const record of inferredRecords(inferred)) records.push(JSON.parse(JSON.stringify(record)));
  const plan = planTable("rows", { type: "object", properties: { rows: inferredTableSchema(inferred, "Rows") } });
  const published = records.map(textsOf);
  const csv = readCsv(csvTextHeaderRow(plan.layout, plan.columns) + csvTextRows(plan, records, new Map()));
  const rows = tableOf(readCsv(text, table.delimiter), inferred.notes);
  return { silent: [...silentChanges(rows, published, inferred.columns), ...otherInCsv(published, csv)], refused: [] };
}
