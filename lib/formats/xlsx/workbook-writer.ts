import type { Column, TablePlan } from "../../schema/table-plan.ts";
import type { DatasetWriter, Output, TablePart } from "../format.ts";
import { MAX_SHEET_COLUMNS, MAX_SHEET_ROWS } from "./sheet-limits.ts";
import { WorkbookSheet } from "./workbook-sheet.ts";
import { workbookSheetName } from "./workbook-sheet-name.ts";
import type { NamedSheet } from "./write-workbook.ts";

const MIN_WIDTH = 8;
const MAX_WIDTH = 40;
const TEXT_WIDTH = 24;

/** The width of a column, which for short values is that of its name. */
const widthOf = ({ name, type, format, derived, allowed }: Column): number => {
  const isShort = type !== "string" || format !== undefined || derived === "start" || derived === "end" || allowed !== undefined;
  return Math.min(MAX_WIDTH, Math.max(isShort ? MIN_WIDTH + 4 : TEXT_WIDTH, name.length + 4));
};

/** What follows the compressed sheets of an unfinished workbook, as JSON, before its length in four bytes. */
export interface WorkbookTrailer {
  sheets: { name: string; bytes: number; compressedBytes: number; crc: number }[];
  omitted: string[];
}

/** Writes the compressed sheets of the tables. `finishWorkbook` makes a workbook of them, because one sheet names the release. */
export class WorkbookWriter implements DatasetWriter {
  readonly #output: Output;
  readonly #sheets: NamedSheet[] = [];
  readonly #taken = new Set(["columns", "about"]);
  readonly #omitted: string[] = [];
  #current: { plan: TablePlan; sheet: WorkbookSheet } | undefined;

  constructor(output: Output) {
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
    for (const { entry } of this.#sheets) for await (const chunk of entry.read()) await this.#output.write(chunk);
    const sheets = this.#sheets.map(({ name, entry: { bytes, compressedBytes, crc } }) => ({ name, bytes, compressedBytes, crc }));
    const trailer = Buffer.from(JSON.stringify({ sheets, omitted: this.#omitted } satisfies WorkbookTrailer));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(trailer.length);
    await this.#output.write(Buffer.concat([trailer, length]));
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
