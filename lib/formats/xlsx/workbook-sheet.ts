import type { Output } from "../format.ts";
import type { CompressedEntry } from "../zip/zip-entry-compressor.ts";
import { ZipEntryCompressor } from "../zip/zip-entry-compressor.ts";
import { STYLES, sheetRow, sheetTextCell, sheetXmlFoot, sheetXmlHead } from "./sheet-xml.ts";

/** A sheet whose rows are being written. Their number decides whether it becomes part of the workbook. */
export class WorkbookSheet {
  readonly #compressor: ZipEntryCompressor;
  readonly #columns: number;
  /** Number of rows, including the header. */
  rows = 1;

  private constructor(compressor: ZipEntryCompressor, columns: number) {
    this.#compressor = compressor;
    this.#columns = columns;
  }

  static async start(output: Output, header: readonly string[], widths: readonly number[], isFirst: boolean): Promise<WorkbookSheet> {
    const sheet = new WorkbookSheet(await ZipEntryCompressor.start(output), header.length);
    await sheet.#compressor.write(Buffer.from(sheetXmlHead(widths, isFirst)));
    await sheet.#compressor.write(Buffer.from(sheetRow(header.map((name) => sheetTextCell(name, STYLES.header)))));
    return sheet;
  }

  async write(rows: number, chunks: readonly Uint8Array[]): Promise<void> {
    this.rows += rows;
    for (const chunk of chunks) await this.#compressor.write(chunk);
  }

  async close(): Promise<CompressedEntry> {
    await this.#compressor.write(Buffer.from(sheetXmlFoot(this.#columns, this.rows)));
    return this.#compressor.close();
  }
}
