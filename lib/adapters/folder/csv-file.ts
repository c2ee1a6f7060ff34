import { isUtf8 } from "node:buffer";
import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { usualTableWidth } from "../../csv-import/usual-table-width.ts";
import { decodeWindows1251 } from "../../diagnostics/decode-windows1251.ts";
import { decodeWindows1252 } from "../../diagnostics/decode-windows1252.ts";
import { decodeMacRoman, findMacDamage } from "../../diagnostics/find-mac-damage.ts";
import type { CsvRow, CsvTable } from "../../ports/ports.ts";
import { UnreadableLineError } from "../../ports/unreadable-line-error.ts";
import { UnreadableSourceError } from "../../ports/unreadable-source-error.ts";
import { fileChunks } from "./file-chunks.ts";
import { openRegularFile } from "./open-regular-file.ts";
import { otherFileKind, SAVE } from "./other-file-kind.ts";

const SAMPLE_BYTES = 256 * 1024;
const SAMPLE_ROWS = 1000;
const MAX_ROW_BYTES = 2 * 1024 * 1024;
const DELIMITERS = [",", ";", "\t", "|"];

/** How well a delimiter fits a sample. */
interface DelimiterFit {
  hasValidQuotes: boolean;
  /** The most frequent number of cells in a row, and the share of rows with that number. */
  columns: number;
  share: number;
}

function mostFrequent(widths: readonly number[]): { columns: number; share: number } {
  const columns = usualTableWidth(widths);
  return { columns, share: widths.filter((width) => width === columns).length / widths.length };
}

/** Index of the quote that closes a cell, or the length of the text. */
function closingQuote(text: string, from: number): number {
  for (let i = text.indexOf('"', from); i >= 0; i = text.indexOf('"', i + 2)) if (text[i + 1] !== '"') return i;
  return text.length;
}

/** The number of cells in each row of a text, for one delimiter. */
class RowWidths {
  readonly whole: number[] = [];
  /** Trailing empty cells, which some programs omit, do not count. */
  readonly trimmed: number[] = [];
  /** Every quoted cell starts and ends at a delimiter or at the end of a row. */
  hasValidQuotes = true;
  #cells = 1;
  #lastFilled = 0;

  constructor(text: string, delimiter: string) {
    let isCellStart = true;
    for (let i = 0; i < text.length && this.whole.length < SAMPLE_ROWS; i += 1) {
      const char = text[i] as string;
      if (char === delimiter) this.#cells += 1;
      else if (char === "\n") this.#endRow();
      else this.#lastFilled = this.#cells;
      if (char === '"' && !isCellStart) this.hasValidQuotes = false;
      if (char === '"' && isCellStart) {
        i = closingQuote(text, i + 1);
        this.hasValidQuotes &&= [delimiter, "\n", undefined].includes(text[i + 1]);
      }
      isCellStart = char === delimiter || char === "\n";
    }
    // The last row may be truncated, so it counts only if it is the only row.
    if (this.whole.length === 0) this.whole.push(this.#cells);
  }

  #endRow(): void {
    this.whole.push(this.#cells);
    this.trimmed.push(Math.max(this.#lastFilled, 1));
    this.#cells = 1;
    this.#lastFilled = 0;
  }
}

function fitOf(delimiter: string, text: string): DelimiterFit {
  const rows = new RowWidths(text, delimiter);
  const whole = mostFrequent(rows.whole);
  const trimmed = mostFrequent(rows.trimmed.length > 0 ? rows.trimmed : rows.whole);
  return {
    hasValidQuotes: rows.hasValidQuotes,
    columns: whole.columns,
    share: Math.max(whole.share, trimmed.columns > 1 ? trimmed.share : 0),
  };
}

/** Excel's `sep=` line, which names the delimiter and is not part of the table. */
const SEP_LINE = /^sep=([,;\t|])\n/i;

/** Tabs are rare inside cells, other delimiters are not: `A,EUR,DE⇥1.5` has two cells. */
const splitsByTabs = ({ delimiter, share }: { delimiter: string; share: number }): boolean => delimiter === "\t" && share === 1;

/** The delimiter that splits the most rows into the same number of cells, at least two. */
const delimiterOf = (text: string): string =>
  DELIMITERS.map((delimiter) => ({ delimiter, ...fitOf(delimiter, text) }))
    .filter(({ columns }) => columns > 1)
    .sort(
      (a, b) =>
        Number(b.hasValidQuotes) - Number(a.hasValidQuotes) ||
        Number(splitsByTabs(b)) - Number(splitsByTabs(a)) ||
        b.share - a.share ||
        b.columns - a.columns,
    )[0]?.delimiter ?? ",";

async function sampleOf(path: string): Promise<string> {
  const file = await openRegularFile(path, { followLinks: true });
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
    if (bytesRead === 0) throw new UnreadableSourceError("The file is empty. Its first row names the columns.");
    const other = otherFileKind(buffer.subarray(0, bytesRead));
    if (other !== undefined) throw new UnreadableSourceError(other);
    return buffer
      .toString("utf8", 0, bytesRead)
      .replace(/^\ufeff/, "")
      .replaceAll(/\r\n?/g, "\n");
  } finally {
    await file.close();
  }
}

/** The text of a line that is not UTF-8, in the encodings that its letters suggest. */
function readings(bytes: Buffer): string {
  const shown = (text: string): string => JSON.stringify(text.trim().slice(0, 80));
  const text = decodeWindows1252(bytes);
  const other = text.match(/\P{ASCII}/gu) ?? [];
  const [mac, cyrillic] = [decodeMacRoman(bytes), decodeWindows1251(bytes)];
  const likely = [
    // Most of these are letters.
    ...(other.filter((c) => /[\p{L}‘’“”–€]/u.test(c)).length * 2 >= other.length ? [`as Windows-1252 it reads ${shown(text)}`] : []),
    ...((/[\u0080-\u009f]/.test(text) || findMacDamage(text)) && !/[\u0080-\u009f]/.test(mac) ? [`as Mac Roman ${shown(mac)}`] : []),
    ...(/[À-ÿ]{3}/.test(text) ? [`as Windows-1251 ${shown(cyrillic)}`] : []),
  ];
  return likely.length > 0 ? `; ${likely.join(", ")}` : ", and its letters are those of another encoding, such as Shift_JIS or GBK";
}

/** Throws `UnreadableLineError` for the first line that is not UTF-8 text; `line` is the number of the first line. */
function checkText(bytes: Buffer, line: number): void {
  if (isUtf8(bytes) && !bytes.includes(0)) return;
  for (let at = 0; at < bytes.length; line += 1) {
    const end = bytes.indexOf(10, at) + 1 || bytes.length;
    const found = bytes.subarray(at, end);
    if (found.includes(0)) throw new UnreadableLineError(line, "A character here is NUL: this is not text", SAVE);
    if (!isUtf8(found)) {
      throw new UnreadableLineError(line, `This line is not UTF-8${readings(found)}`, SAVE);
    }
    at = end;
  }
}

/** The bytes of a file, in chunks of whole lines. */
async function* textOf(path: string): AsyncGenerator<Buffer> {
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of fileChunks(path, { followLinks: true })) {
    const bytes = Buffer.concat([rest, chunk]);
    const whole = bytes.subarray(0, bytes.lastIndexOf(10) + 1);
    rest = bytes.subarray(whole.length);
    if (rest.length > MAX_ROW_BYTES)
      throw new UnreadableLineError(line, `The line is longer than ${MAX_ROW_BYTES / 1024 / 1024} MiB`, "Is this a CSV?");
    checkText(whole, line);
    for (let at = whole.indexOf(10); at >= 0; at = whole.indexOf(10, at + 1)) line += 1;
    if (whole.length > 0) yield whole;
  }
  checkText(rest, line);
  yield rest;
}

const CSV_ERRORS: Record<string, [string, string]> = {
  INVALID_OPENING_QUOTE: ['Unexpected " in an unquoted cell', 'Put the cell in quotes and write each " in it twice: "5"" pipe".'],
  CSV_INVALID_CLOSING_QUOTE: ['Unexpected text after the closing "', 'Write each " inside a cell twice, without a backslash.'],
  CSV_QUOTE_NOT_CLOSED: ['Missing closing " of a cell in this row', 'Write each " inside a cell twice, and close the cell.'],
  FORMULA: [
    'A formula that keeps text as it is in Excel, such as ="0123"',
    "Open the file in Excel, copy the column, paste it as values and save it.",
  ],
  SPACE_BEFORE_QUOTE: ['Space before the opening "', "Delete the spaces after the separators."],
  CSV_MAX_RECORD_SIZE: ["The row is too long", 'A " before it may never have been closed.'],
};

/** The code of an error, by what precedes the opening quote: only white space, or the = of a formula. */
function codeOf({ code, field }: CsvError): string {
  if (code !== "INVALID_OPENING_QUOTE") return code;
  const before = String(field).trim();
  return before === "" ? "SPACE_BEFORE_QUOTE" : before === "=" ? "FORMULA" : code;
}

/** A CSV file, row by row. Throws `UnreadableSourceError` if it is something else. */
export async function csvFile(path: string): Promise<CsvTable> {
  const sample = await sampleOf(path);
  const named = SEP_LINE.exec(sample)?.[1];
  const delimiter = named ?? delimiterOf(sample);
  return {
    delimiter,
    async *rows() {
      let line = named === undefined ? 1 : 2;
      const located = (cells: string[]): CsvRow => {
        const row = { line, cells };
        for (const cell of cells) if (/[\r\n]/.test(cell)) line += cell.split(/\r\n|\r|\n/).length - 1;
        line += 1;
        return row;
      };
      const parser = parse({
        bom: true,
        from_line: line,
        delimiter,
        record_delimiter: ["\r\n", "\n", "\r"],
        relax_column_count: true,
        max_record_size: MAX_ROW_BYTES,
        // Called for every row before the error, which gives the error's line.
        on_record: (cells) => located(cells) as never,
      });
      try {
        yield* pipeline(Readable.from(textOf(path)), parser, () => {}) as unknown as AsyncIterable<CsvRow>;
      } catch (error) {
        if (!(error instanceof CsvError)) throw error;
        const [message, remedy] = CSV_ERRORS[codeOf(error)] ?? [error.message, SAVE];
        throw new UnreadableLineError(line, message, remedy);
      }
    },
  };
}
