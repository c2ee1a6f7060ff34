import type { CsvRow, CsvTable } from "../ports/ports.ts";
import { UnreadableLineError } from "../ports/unreadable-line-error.ts";
import { filledCells } from "./filled-cells.ts";
import { isBlankRow } from "./is-blank-row.ts";
import { usualTableWidth } from "./usual-table-width.ts";

/** Rows searched for the header. */
const MAX_START_ROWS = 200;
/** Maximum rows above the header. */
const MAX_TITLE_ROWS = 20;

/** Where a table begins in its file. */
export interface TableStart {
  headerLine: number;
  /** Rows above the header. */
  title: CsvRow[];
  /** Rows below it that describe the columns for other programs. */
  described: CsvRow[];
}

/** Frequent hashtags of HXL, the tags of humanitarian data. */
const HXL =
  /^#(activity|adm[1-5]|affected|country|crisis|currency|date|description|event|geo|indicator|inneed|item|loc|meta|org|population|reached|region|sector|severity|status|targeted|value)\b/;

/** Rows that other programs write below the names of columns. */
interface Descriptions {
  /** What each filled cell of the last of these rows matches. */
  cell: RegExp;
  /** If a cell below matches, or nothing is below, the rows are records. Undefined for cells that no record has. */
  recordCell?: RegExp;
  rows: number;
  /** Whether the table may have such rows at all. */
  isPossible?: (title: readonly CsvRow[], delimiter: string) => boolean;
}

const DESCRIPTIONS: Descriptions[] = [
  // Qualtrics: the texts of the questions, and their ids.
  { cell: /^\{"ImportId":/, rows: 2 },
  // RDB of the USGS: the width and type of each column, such as 15s.
  {
    ...{ cell: /^\d+[sdn]$/, recordCell: /^\d+[sdn]$/, rows: 1 },
    isPossible: (title, delimiter) => delimiter === "\t" && title.length > 0 && title.every(isComment),
  },
  // HXL: #adm1+name. Another tag has an attribute, or is a word like any other.
  {
    cell: new RegExp(String.raw`${HXL.source}(\s*\+[a-z0-9_]+)*$|^#[a-z][a-z0-9_]*(\s*\+[a-z0-9_]+)+$`),
    recordCell: /^#\p{L}[\p{L}\d_]*(\s*\+[\p{L}\d_]+)*$/u,
    rows: 1,
  },
];

/** The rows below the names of the columns that are no records. Undecided rows are records: nothing is lost. */
function describingRows(rows: readonly CsvRow[], { headerLine, title }: Omit<TableStart, "described">, delimiter: string): CsvRow[] {
  const below = rows.filter((row) => row.line > headerLine && !isBlankRow(row));
  for (const { cell, recordCell, rows: count, isPossible } of DESCRIPTIONS) {
    const filled = (below[count - 1]?.cells ?? []).filter((text) => text.trim() !== "");
    const records = below.slice(count);
    if (
      filled.length > 1 &&
      filled.every((text) => cell.test(text.trim())) &&
      (!recordCell || (records.length > 0 && !records.some(({ cells }) => cells.some((text) => recordCell.test(text.trim()))))) &&
      (isPossible?.(title, delimiter) ?? true)
    )
      return below.slice(0, count);
  }
  return [];
}

async function firstRows(table: CsvTable): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  try {
    for await (const row of table.rows()) {
      rows.push(row);
      if (rows.length >= MAX_START_ROWS) break;
    }
  } catch (error) {
    // The scan of the whole file reports the same line.
    if (!(error instanceof UnreadableLineError)) throw error;
  }
  return rows;
}

/** Whether a row is a header: different texts, of which only years may be numbers. `isApart` allows numbers and duplicates. */
function namesColumns(row: CsvRow, width: number, isApart = false): boolean {
  const names = row.cells.filter((cell) => cell !== "");
  const isNumber = (cell: string): boolean => /^[-+]?[\d.,]+$/.test(cell.trim()) && !/^\d{4}$/.test(cell.trim());
  const [different, numbers] = [new Set(names).size, names.filter(isNumber).length];
  const areNames = isApart ? different > 1 && numbers < names.length : different === names.length && numbers === 0;
  return names.length >= 2 && names.length * 2 > width && areNames;
}

/** Several words in the first cell, and no other cell. */
const isSentence = (row: CsvRow): boolean => filledCells(row) === 1 && /\S\s+\S/.test(row.cells[0] ?? "");

const isComment = ({ cells: [first = ""] }: CsvRow): boolean => first.startsWith("#");

const isBlankAbove = (rows: readonly CsvRow[], { line }: CsvRow): boolean => rows.some((row) => isBlankRow(row) && row.line < line);

/** The number of cells per row of the table. `rows`: the rows that are not blank; most of them may be titles. */
function tableWidth(rows: readonly CsvRow[], all: readonly CsvRow[]): number {
  const width = usualTableWidth(rows.map(({ cells }) => cells.length));
  const start = rows.findIndex((row) => filledCells(row) > 1);
  const [title, rest] = [rows.slice(0, start), rows.slice(start)];
  const isTitle = start > 0 && (isBlankAbove(all, rest[0] as CsvRow) || title.every((row) => isComment(row) || isSentence(row)));
  return width === 1 && isTitle && rest.length > 1 ? usualTableWidth(rest.map(({ cells }) => cells.length)) : width;
}

/** Finds titles and comments above a table: rows with fewer cells than the table, and only if that is unambiguous. */
export function findTableStart(rows: readonly CsvRow[], delimiter = ","): TableStart {
  const start = findHeader(rows);
  return { ...start, described: describingRows(rows, start, delimiter) };
}

function findHeader(rows: readonly CsvRow[]): Omit<TableStart, "described"> {
  const filled = rows.filter((row) => !isBlankRow(row));
  const [first] = filled;
  // The scan of the whole file finds rows further down.
  if (!first) return { headerLine: 0, title: [] };
  const withoutTitle = { headerLine: first.line, title: [] };
  const width = tableWidth(filled, rows);
  const isAbove = (row: CsvRow): boolean =>
    width > 1 && (filledCells(row) <= 1 || row.cells.length < width) && !(row.cells.length < width && namesColumns(row, width));
  const title = filled.slice(
    0,
    filled.findIndex((row) => !isAbove(row)),
  );
  const header = filled[title.length];
  if (title.length === 0 || title.length > MAX_TITLE_ROWS || !header) return withoutTitle;
  const isApart = isBlankAbove(rows, header);
  if (!namesColumns(header, width, isApart || title.every(isComment))) return withoutTitle;
  const isPlain = isApart || title.every((row) => row.cells.length < width || isComment(row) || isSentence(row));
  return isPlain ? { headerLine: header.line, title } : withoutTitle;
}

/** Finds the start of the table in a file. */
export const readTableStart = async (table: CsvTable): Promise<TableStart> => findTableStart(await firstRows(table), table.delimiter);
