import { grouped } from "../../contract/grouped.ts";
import type { ReadableTable, ReadColumn } from "../format.ts";
import { codeString } from "./code-string.ts";

export const codeColumns = ({ columns }: ReadableTable, wanted: (column: ReadColumn) => boolean): string[] =>
  columns.filter(wanted).map(({ name }) => name);

export const codeColumnsOfType = (table: ReadableTable, type: string): string[] => codeColumns(table, (column) => column.type === type);

export const areCodeColumnsRenamed = ({ columns }: ReadableTable): boolean => columns.some(({ header, name }) => header !== name);

export const undecidedCodeColumns = (table: ReadableTable): string[] => {
  const names = codeColumns(table, ({ emptyText }) => emptyText === "maybe");
  const shown = names.slice(0, 3).map(codeString).join(", ");
  const more = names.length > 3 ? ` and ${grouped(names.length - 3)} more` : "";
  return names.length > 0 ? [`# In ${shown}${more}, an empty text and no value are both missing here; the JSON tells them apart.`] : [];
};
