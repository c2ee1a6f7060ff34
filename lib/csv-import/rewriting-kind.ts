import { isExactNumber } from "../json/is-exact-number.ts";
import type { Scalar } from "./column-types.ts";
import { isShortNumber } from "./is-short-number.ts";
import { valueText } from "./value-text.ts";

/** The kind of difference between a cell and the text of its value; undefined if they are equal. */
export function rewritingKind(cell: string, value: Scalar): string | undefined {
  if (valueText(value) === cell) return undefined;
  if (typeof value !== "number") return typeof value;
  const text = cell.replace(",", ".");
  if (value === 0 && text.startsWith("-")) return "minus zero";
  if (!isShortNumber(text) && !isExactNumber(text.replace(/^(-?)\./, "$10."))) return "digits";
  if (/e/i.test(text)) return "power of ten";
  if (/^-?\./.test(text)) return "no zero before the point";
  if (/\.\d*0$/.test(text)) return "zeros at the end";
  return "decimal comma";
}
