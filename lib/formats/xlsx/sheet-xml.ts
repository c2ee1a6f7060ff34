/**
 * XML of worksheets: SpreadsheetML (ECMA-376 Part 1, 18.3). Cells and rows have no references, which are optional (18.3.1.4, 18.3.1.73), so
 * empty cells must be written.
 */

/** Indexes into `cellXfs` of the style sheet. */
export const STYLES = { general: 0, header: 1, text: 2, date: 3, wrapped: 4 } as const;

/** ECMA-376 Part 1, 22.9.2.19 (ST_Xstring): characters that XML cannot contain or would change, and texts that look like such an escape. */
const ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)|(?![\t\n])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;
const XML: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Escapes text for an element or attribute. */
export const xmlText = (text: string): string =>
  text
    .replace(ESCAPED, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`)
    .replace(/[&<>"]/g, (character) => XML[character] as string);

/** A text cell. Programs never interpret inline text as a formula, number or date. */
export const sheetTextCell = (text: string, style: number = STYLES.text): string =>
  `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;

export const sheetNumberCell = (text: string): string => `<c><v>${text}</v></c>`;
export const sheetBooleanCell = (value: boolean): string => `<c t="b"><v>${value ? 1 : 0}</v></c>`;
/** A date cell, by its serial number. */
export const sheetDateCell = (serial: number): string => `<c s="${STYLES.date}"><v>${serial}</v></c>`;
export const EMPTY_CELL = "<c/>";

export const sheetRow = (cells: readonly string[]): string => `<row>${cells.join("")}</row>`;

/** The letters of a column: 1 is A, 27 is AA. */
export function sheetColumnLetters(number: number): string {
  let letters = "";
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

const NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The start of a sheet with a frozen first row. `widths` are in characters. */
export const sheetXmlHead = (widths: readonly number[], isFirst: boolean): string =>
  [
    `${XML_HEAD}<worksheet xmlns="${NAMESPACE}">`,
    `<sheetViews><sheetView workbookViewId="0"${isFirst ? ' tabSelected="1"' : ""}>`,
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
    `<cols>${widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join("")}</cols>`,
    "<sheetData>",
  ].join("");

/** The end of a sheet with filters. */
export const sheetXmlFoot = (columns: number, rows: number): string =>
  `</sheetData><autoFilter ref="A1:${sheetColumnLetters(columns)}${rows}"/></worksheet>`;
