import type { Column, TablePlan } from "../../schema/table-plan.ts";
import type { DatasetFacts, DatasetWriter, Output, TablePart } from "../format.ts";
import { fittingText, MAX_SHEET_COLUMNS, MAX_SHEET_ROWS } from "./cells.ts";
import { STYLES, sheetRow, sheetTextCell } from "./sheet-xml.ts";
import { WorkbookSheet } from "./workbook-sheet.ts";
import { workbookSheetName } from "./workbook-sheet-name.ts";
import { type NamedSheet, writeWorkbook } from "./write-workbook.ts";

const MIN_WIDTH = 8;
const MAX_WIDTH = 40;
const TEXT_WIDTH = 24;

/** The width of a column, which for short values is that of its name. */
const widthOf = ({ name, type, format, derived, allowed }: Column): number => {
  const isShort = type !== "string" || format !== undefined || derived === "start" || derived === "end" || allowed !== undefined;
  return Math.min(MAX_WIDTH, Math.max(isShort ? MIN_WIDTH + 4 : TEXT_WIDTH, name.length + 4));
};

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
      (column.allowed ?? []).join(", "),
    ]),
  );

const about = (facts: DatasetFacts, omitted: readonly string[]): string[][] => [
  ["Dataset", facts.title],
  ["Description", facts.description],
  ...facts.licenses.map(({ name, title, path }) => ["Licence", [title ?? name, ...(path ? [path] : [])].join(", ")]),
  ...(facts.contributors ?? []).map(({ title, path, email, roles }) => [
    roles?.join(", ") || "contributor",
    [title, ...(path ? [path] : []), ...(email ? [email] : [])].join(", "),
  ]),
  ...(facts.homepage ? [["Homepage", facts.homepage]] : []),
  ...(facts.spatial ? [["Places", facts.spatial.join(", ")]] : []),
  ...(facts.researchedUntil ? [["Newest source", facts.researchedUntil]] : []),
  ...facts.plans.map((plan) => [`Table ${plan.name}`, plan.description]),
  ...omitted.map((text) => ["Not in this workbook", text]),
];

/** Writes a workbook: a sheet for each table, the data dictionary, and a sheet on the origin of the data. */
export class WorkbookWriter implements DatasetWriter {
  readonly #facts: DatasetFacts;
  readonly #output: Output;
  readonly #sheets: NamedSheet[] = [];
  readonly #taken = new Set(["columns", "about"]);
  readonly #omitted: string[] = [];
  #current: { plan: TablePlan; sheet: WorkbookSheet } | undefined;

  constructor(facts: DatasetFacts, output: Output) {
    this.#facts = facts;
    this.#output = output;
  }

  async startTable(plan: TablePlan): Promise<void> {
    await this.#endTable();
    if (plan.columns.length > MAX_SHEET_COLUMNS) {
      this.#omitted.push(
        `The table ${plan.name} has ${plan.columns.length} columns; a sheet holds ${MAX_SHEET_COLUMNS}. See the other files.`,
      );
      return;
    }
    const names = plan.columns.map(({ name }) => name);
    const sheet = await WorkbookSheet.start(this.#output, names, plan.columns.map(widthOf), this.#sheets.length === 0);
    this.#current = { plan, sheet };
  }

  async write({ table, rows, chunks }: TablePart): Promise<void> {
    if (table === this.#current?.plan.name) await this.#current.sheet.write(rows, chunks);
  }

  async close(): Promise<void> {
    await this.#endTable();
    const header = ["table", "column", "title", "description", "type", "value", "allowed values"];
    const columns = { name: "Columns", header, widths: [16, 24, 24, 60, 24, 14, 40], rows: dictionary(this.#facts.plans) };
    const origin = { name: "About", header: ["", ""], widths: [24, 100], rows: about(this.#facts, this.#omitted) };
    await writeWorkbook(this.#output, [
      ...this.#sheets,
      await writeTextSheet(this.#output, columns),
      await writeTextSheet(this.#output, origin),
    ]);
  }

  async #endTable(): Promise<void> {
    if (!this.#current) return;
    const { plan, sheet } = this.#current;
    this.#current = undefined;
    const entry = await sheet.close();
    if (sheet.rows > MAX_SHEET_ROWS) {
      this.#omitted.push(`The table ${plan.name} has ${sheet.rows - 1} rows; a sheet holds ${MAX_SHEET_ROWS - 1}. See the other files.`);
      return;
    }
    const name = workbookSheetName(plan.name, this.#taken);
    this.#taken.add(name.toLowerCase());
    this.#sheets.push({ name, entry });
  }
}
