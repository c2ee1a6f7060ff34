import type { DatasetFormat } from "../format.ts";
import { MAX_SHEET_ROWS } from "./sheet-limits.ts";

/** All tables in one workbook for spreadsheet programs (ECMA-376). */
export const xlsxFormat: DatasetFormat = {
  name: "xlsx",
  extension: "xlsx",
  mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  isText: false,
  isCompressedByCdn: false,
  label: "Excel",
  isForSmallOnly: true,
  maxRows: MAX_SHEET_ROWS - 1,
  isFeatured: true,
  openingHint: "The Excel workbook needs no import.",
  scope: "dataset",
  encoder: { name: "xlsx", load: () => import("./encoder.ts") },
  caption: "A sheet for each table, with the data dictionary",
  // An address for File > Open.
  snippets: () => [{ id: "excel", name: "Excel", code: (url) => url }],
  async open(_dataset, output) {
    // Loaded here, so that only builds load it.
    const { WorkbookWriter } = await import("./workbook-writer.ts");
    return new WorkbookWriter(output);
  },
  async finish(dataset, unfinished, release, output) {
    const { finishWorkbook } = await import("./finish-workbook.ts");
    await finishWorkbook(dataset, unfinished, release, output);
  },
};
