import { dayNumber } from "./day-number.ts";
import type { ExplorerColumn, ExplorerModel, Facet } from "./explorer-model.ts";
import { MONTHS } from "./human-date.ts";

/** Numbers from `from` to just below `below`, or to `to`. */
export interface ValueRange {
  from?: number;
  to?: number;
  below?: number;
}

type RangeValueKind = ExplorerColumn["kind"];

/** The kind of the values that a range compares. */
export const rangeKind = (
  { columns }: Pick<ExplorerModel, "columns">,
  { column, among }: Pick<Facet, "column" | "among">,
): RangeValueKind => among?.kind ?? columns.find(({ name }) => name === column)?.kind ?? "number";

/** The days of a text such as `2020`, `2020-09`, `Sep 2020` or `15 Sep 2020`: the first, and the day after the last. */
function daysOf(text: string): [first: number, after: number] | undefined {
  const [, day, name, ofYear] = /^(?:(\d{1,2})\s+)?([a-z]{3})[a-z]*\.?\s+(\d{4})$/i.exec(text) ?? [];
  const named = MONTHS.findIndex((month) => month.toLowerCase() === name?.toLowerCase()) + 1;
  const [, year = named > 0 ? ofYear : undefined, month = named > 0 ? String(named) : undefined, date = day] =
    /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text) ?? [];
  if (year === undefined || (month !== undefined && (Number(month) < 1 || Number(month) > 12))) return undefined;
  if (month === undefined) return [dayNumber(`${year}-1-1`), dayNumber(`${Number(year) + 1}-1-1`)];
  const next = Number(month) === 12 ? `${Number(year) + 1}-1-1` : `${year}-${Number(month) + 1}-1`;
  const [first, after] = [dayNumber(`${year}-${month}-1`), dayNumber(next)];
  if (date === undefined) return [first, after];
  const at = first + Number(date) - 1;
  return at >= first && at < after ? [at, at + 1] : undefined;
}

const numberOf = (text: string): number | undefined => {
  const plain = text.replace("−", "-").replaceAll(/[,\s]/g, "");
  return /^-?\d*\.?\d+(?:e[-+]?\d+)?$/i.test(plain) ? Number(plain) : undefined;
};

/** Parses an end of a range: its first number and, for a date, the one after its last day. */
function readEnd(text: string, kind: RangeValueKind): { first: number; after?: number } | undefined {
  if (kind === "date") {
    const [first, after] = daysOf(text) ?? [];
    return first === undefined || after === undefined ? undefined : { first, after };
  }
  const first = numberOf(text);
  return first === undefined ? undefined : { first };
}

/**
 * Parses `1000..2000`, `..2000`, `1000..` or `1000..<2000` (without the end), and dates such as `2019..2020-09`; undefined if it is no
 * range.
 */
export function parseValueRange(text: string, kind: RangeValueKind): ValueRange | undefined {
  const [, start = "", isBelow = "", end = ""] = /^(.*?)\.\.(<?)(.*)$/.exec(text) ?? [];
  const range: ValueRange = {};
  if (start.trim() !== "") {
    const from = readEnd(start.trim(), kind);
    if (!from) return undefined;
    range.from = from.first;
  }
  if (end.trim() !== "") {
    const to = readEnd(end.trim(), kind);
    if (!to) return undefined;
    if (to.after !== undefined) range.below = to.after;
    else range[isBelow === "" ? "to" : "below"] = to.first;
  }
  return Object.keys(range).length > 0 ? range : undefined;
}

export const isInRange = ({ from, to, below }: ValueRange, value: number | undefined): boolean =>
  value !== undefined &&
  (from === undefined || value >= from) &&
  (to === undefined || value <= to) &&
  (below === undefined || value < below);

/** The texts of both ends of a range. */
export function rangeEnds(text: string | undefined): [from: string, to: string] {
  const [, from = "", to = ""] = /^(.*?)\.\.(.*)$/.exec(text ?? "") ?? [];
  return [from, to];
}

/** A range as display text. */
export function rangeWords(text: string): string {
  const [from, to] = rangeEnds(text);
  const end = to.startsWith("<") ? `below ${to.slice(1)}` : `to ${to}`;
  return to === "" ? `from ${from}` : from === "" ? (to.startsWith("<") ? end : `up ${end}`) : from === to ? from : `${from} ${end}`;
}
