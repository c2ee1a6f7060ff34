import type { DecimalSeparator } from "./file-locale.ts";

/** The only possible decimal separator of a cell. `1.234` and `1,234` prove none: it may be a thousands separator. */
export function provenSeparator(cell: string): DecimalSeparator | undefined {
  if (cell.length > 40 || !/\d/.test(cell)) return undefined;
  const number = cell.replaceAll(/^[-+(−]+|\p{Sc}|[\s%‰)]/gu, "");
  if (/^([1-9]\d{0,2}[.,]\d{3}|\d+)$/.test(number)) return undefined;
  if (/^(\d*\.\d+(e[-+]?\d+)?|\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,})$/i.test(number)) return "point";
  if (/^(\d*,\d+(e[-+]?\d+)?|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,})$/i.test(number)) return "comma";
  return undefined;
}
