import type { PlacedCell } from "./cell-tally.ts";
import type { SeenColumn, TypeCount } from "./column-statistics.ts";
import type { DecimalSign, FileLocale, SignShown } from "./file-locale.ts";

export interface Decision {
  /** Name of the column, as it is said on the command line. */
  name: string;
  locale: FileLocale;
  /** The column is text, whatever its cells look like, for this reason; "" where none has to be told. */
  asText?: string;
  /** Text that begins with ' is taken over as it stands. */
  keepGuards?: boolean;
  /** The column is called as codes are: where a number would change its cells, it stays text. */
  isCode?: boolean;
  /** The types that the column was looked at for are known to be right: no cell has to make them clear. */
  isKnown?: boolean;
}

/** The decimal sign that the numbers of a column show, if they show one. */
export function signShownIn(seen: SeenColumn, delimiter: string): SignShown | undefined {
  const { comma, point } = seen.showing;
  const shows = (sign: DecimalSign): boolean =>
    seen.showing[sign].count * 2 > seen.cells || seen.counts.some(({ type, fits }) => type.sign === sign && fits === seen.cells);
  // Between commas, "2,2" may be a list: only where every cell has a comma it is a decimal sign.
  const isList = delimiter === "," && seen.holding.comma.count < seen.cells;
  if (comma.count > 0 && point.count === 0 && !isList && shows("comma")) return { sign: "comma", ...(comma.first as PlacedCell) };
  if (point.count > 0 && comma.count === 0 && shows("point")) return { sign: "point", ...(point.first as PlacedCell) };
  return undefined;
}

export const allFit = (seen: SeenColumn, { fits }: TypeCount): boolean => fits === seen.cells;

/** Days that can be read in two orders: which one is meant is not known. */
export const isAmbiguous = (seen: SeenColumn): boolean =>
  seen.counts.filter((count) => count.type.either && allFit(seen, count)).length > 1;

/** Whether the numbers of a column may be read with a decimal sign: by the locale of its file, or by what goes with the delimiter. */
export function signAllowed(seen: SeenColumn, sign: DecimalSign, { sign: known, delimiter }: FileLocale): boolean {
  if (seen.holding[sign].count === 0) return true;
  if (known !== undefined) return known === sign;
  return (sign === "comma") === (delimiter === ";");
}

/** Whether all cells of a column are of a type, and mean nothing else. */
export function isTaken(seen: SeenColumn, count: TypeCount, { locale, isKnown = false }: Decision): boolean {
  const { sign, unclear, either } = count.type;
  if (!allFit(seen, count) || seen.guards.isMixed || (either && isAmbiguous(seen))) return false;
  if (sign && !signAllowed(seen, sign, locale)) return false;
  return isKnown || unclear === undefined || count.clear;
}
