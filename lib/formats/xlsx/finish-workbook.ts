import type { Column, TablePlan } from "../../schema/table-plan.ts";
import type { DatasetFacts, Output, ReleasedAs, UnfinishedFile } from "../format.ts";
import { allowedText } from "./allowed-text.ts";
import { fittingText } from "./cells.ts";
import { STYLES, sheetRow, sheetTextCell } from "./sheet-xml.ts";
import { WorkbookSheet } from "./workbook-sheet.ts";
import type { WorkbookTrailer } from "./workbook-writer.ts";
import { type NamedSheet, writeWorkbook } from "./write-workbook.ts";

const textRow = (cells: readonly string[], style: number = STYLES.wrapped): Uint8Array =>
  Buffer.from(sheetRow(cells.map((text) => sheetTextCell(fittingText(text), style))));

interface TextSheet {
  name: string;
  header: readonly string[];
  widths: readonly number[];
  rows: readonly (readonly string[])[];
}

async function writeTextSheet(output: Output, { name, header, widths, rows }: TextSheet): Promise<NamedSheet> {
  const sheet = await WorkbookSheet.start(output, header, widths, false);
  for (const cells of rows) await sheet.write(1, [textRow(cells)]);
  return { name, entry: await sheet.close() };
}

const typeOf = ({ type, item, format, derived, references }: Column): string => {
  if (derived === "label") return "text";
  if (derived === "start" || derived === "end") return "date";
  const kind = format === "date" ? "date" : type === "string" ? "text" : type;
  return [item ? `list of ${kind}, joined with ;` : kind, ...(references ? [`a key of ${references}`] : [])].join("; ");
};

/** The data dictionary: one row for each column. */
const dictionary = (plans: readonly TablePlan[]): string[][] =>
  plans.flatMap((plan) =>
    plan.columns.map((column) => [
      plan.name,
      column.name,
      column.title,
      column.description,
      typeOf(column),
      plan.primaryKey.includes(column.name) ? "primary key" : column.required ? "always there" : "may be empty",
      allowedText(column) ?? "",
    ]),
  );

/** The origin of the data. */
const about = (facts: DatasetFacts, { version, commit }: ReleasedAs, omitted: readonly string[]): string[][] => [
  ["Dataset", facts.title],
  ["Version", version ?? "preview"],
  ...(commit === null ? [] : [["Commit", commit]]),
  ["Description", facts.description],
  ...facts.licenses.map(({ name, title, path }) => ["Licence", [title ?? name, ...(path ? [path] : [])].join(", ")]),
  ...(facts.contributors ?? []).map(({ title, path, email, roles }) => [
    roles?.join(", ") || "contributor",
    [title, ...(path ? [path] : []), ...(email ? [email] : [])].join(", "),
  ]),
  ...(facts.homepage ? [["Homepage", facts.homepage]] : []),
  ...(facts.spatial ? [["Places", facts.spatial.join(", ")]] : []),
  ...(facts.researchedUntil ? [["Newest source", facts.researchedUntil]] : []),
  ...(facts.notCovered ? [["Not covered", facts.notCovered]] : []),
  ...facts.plans.map((plan) => [`Table ${plan.name}`, plan.description]),
  ...omitted.map((text) => ["Not in this workbook", text]),
];

/** Bytes that are copied at once. */
const COPIED_BYTES = 1 << 20;

async function* copied({ slice }: UnfinishedFile, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += COPIED_BYTES) yield await slice(at, Math.min(end, at + COPIED_BYTES));
}

/** The sheets that `WorkbookWriter` wrote, and its notes. */
async function readUnfinished(unfinished: UnfinishedFile): Promise<{ sheets: NamedSheet[]; omitted: string[] }> {
  const end = unfinished.bytes - 4;
  const length = Buffer.from(await unfinished.slice(end, unfinished.bytes)).readUInt32LE();
  const { sheets, omitted } = JSON.parse(Buffer.from(await unfinished.slice(end - length, end)).toString("utf8")) as WorkbookTrailer;
  let start = 0;
  const named = sheets.map(({ name, ...sizes }): NamedSheet => {
    const from = start;
    start += sizes.compressedBytes;
    return { name, entry: { ...sizes, read: () => copied(unfinished, from, from + sizes.compressedBytes) } };
  });
  return { sheets: named, omitted };
}

/** Writes a workbook: a sheet for each table, the data dictionary, and a sheet on the origin of the data. */
export async function finishWorkbook(facts: DatasetFacts, unfinished: UnfinishedFile, release: ReleasedAs, output: Output): Promise<void> {
  const { sheets, omitted } = await readUnfinished(unfinished);
  const header = ["table", "column", "title", "description", "type", "value", "allowed values"];
  const columns = { name: "Columns", header, widths: [16, 24, 24, 60, 24, 14, 40], rows: dictionary(facts.plans) };
  const origin = { name: "About", header: ["", ""], widths: [24, 100], rows: about(facts, release, omitted) };
  await writeWorkbook(output, [...sheets, await writeTextSheet(output, columns), await writeTextSheet(output, origin)]);
}
