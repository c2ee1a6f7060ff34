import { grouped } from "../../contract/grouped.ts";
import type { ReadableTable, ReadColumn } from "../format.ts";
import { codeString } from "./code-string.ts";

const WIDTH = 88;

/** Formats a list as code, over several lines if it is long. */
export function codeList(items: readonly string[], before: string, after: string): string {
  const line = `${before}${items.join(", ")}${after}`;
  if (line.length <= WIDTH) return line;
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length + 2 <= WIDTH) lines[lines.length - 1] = `${last} ${item},`;
    else lines.push(`    ${item},`);
  }
  // R allows no trailing comma.
  return `${before}\n${lines.join("\n").slice(0, -1)}\n${after}`;
}

export const columnNamesInCode = ({ columns }: ReadableTable, wanted: (column: ReadColumn) => boolean): string[] =>
  columns.filter(wanted).map(({ name }) => name);

export const columnsOfTypeInCode = (table: ReadableTable, type: string): string[] =>
  columnNamesInCode(table, (column) => column.type === type);

export const isRenamedInCode = ({ columns }: ReadableTable): boolean => columns.some(({ header, name }) => header !== name);

export const GUARD = "# Text that a spreadsheet could run as a formula has a ' before it: take it away.";

export const undecidedTextsInCode = (table: ReadableTable): string[] => {
  const names = columnNamesInCode(table, ({ emptyText }) => emptyText === "maybe");
  const shown = names.slice(0, 3).map(codeString).join(", ");
  const more = names.length > 3 ? ` and ${grouped(names.length - 3)} more` : "";
  return names.length > 0 ? [`# In ${shown}${more}, an empty text and no value are both missing here; the JSON tells them apart.`] : [];
};
