import type { Days } from "../../schema/edtf-days.ts";
import type { Claim, Claims, ExplorerColumn, Row } from "./explorer-model.ts";
import { rowClaim } from "./row-claim.ts";
import { stands } from "./standing-rows.ts";

/** Maximum claims of a kind listed in a row. */
const SHOWN_CLAIMS = 8;

const preferredFirst = (a: Row, b: Row): number => Number(b.isPreferred ?? false) - Number(a.isPreferred ?? false);

/** A statement of a group, and the days of its value if that is a date. */
export interface Claimed {
  row: Row;
  /** The value without qualifiers. Default: the cell. */
  text?: string;
  days?: Days;
}

/** Rows of a group with the same value. */
interface SameValue {
  days?: Days;
  rows: Row[];
  /** The values that are less or more precise. */
  agreeing: Map<SameValue, "lessPrecise" | "morePrecise">;
}

function sameValues(group: readonly Claimed[], textOf: (row: Row) => string): Map<Row, SameValue> {
  const byKey = new Map<string, SameValue>();
  const byRow = new Map<Row, SameValue>();
  for (const { row, text = textOf(row), days } of group) {
    const key = days ? `days ${days.start} ${days.end}` : `text ${text}`;
    const same: SameValue = byKey.get(key) ?? { rows: [], agreeing: new Map(), ...(days ? { days } : {}) };
    byKey.set(key, same);
    same.rows.push(row);
    byRow.set(row, same);
  }
  return byRow;
}

const contains = (outer: Days, inner: Days): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** Marks dates contained in other dates: 6 January 2021 is more precise than January 2021 and does not contradict it. */
function addAgreeing(values: readonly SameValue[]): void {
  const dated = values.filter((value): value is SameValue & { days: Days } => value.days !== undefined);
  dated.sort((a, b) => (a.days.start < b.days.start ? -1 : a.days.start > b.days.start ? 1 : a.days.end > b.days.end ? -1 : 1));
  for (const [i, outer] of dated.entries())
    for (let j = i + 1; j < dated.length; j += 1) {
      const inner = dated[j] as (typeof dated)[number];
      if (inner.days.start > outer.days.end) break;
      if (!contains(outer.days, inner.days)) continue;
      outer.agreeing.set(inner, "morePrecise");
      inner.agreeing.set(outer, "lessPrecise");
    }
}

/** Adds to each row of a group the rows with another value: those that contradict it, and those that agree but are less or more precise. */
export function addClaims(group: readonly Claimed[], columns: readonly ExplorerColumn[]): void {
  const value = columns.findIndex(({ kind }) => kind === "value");
  const sameAs = sameValues(group, (row) => row.cells[value] ?? "");
  const values = [...new Set(sameAs.values())];
  addAgreeing(values);
  const ordered = group.map(({ row }) => row).sort(preferredFirst);
  const standing = ordered.filter(stands).length;
  for (const same of values) {
    const agreeing = (kind: keyof Claims): Row[] =>
      [...same.agreeing].flatMap(([other, its]) => (its === kind ? other.rows : [])).sort(preferredFirst);
    const [lessPrecise, morePrecise] = [agreeing("lessPrecise"), agreeing("morePrecise")];
    const differs = (row: Row): boolean => {
      const other = sameAs.get(row) as SameValue;
      return other !== same && !same.agreeing.has(other);
    };
    const count = group.length - same.rows.length - lessPrecise.length - morePrecise.length;
    const firstClaims = (rows: readonly Row[]): Claim[] => rows.slice(0, SHOWN_CLAIMS).map((row) => rowClaim({ columns }, row));
    setClaims(same.rows, "claims", count > 0 ? firstClaims(firstOf(ordered, differs)) : [], count);
    setClaims(same.rows, "lessPrecise", firstClaims(lessPrecise), lessPrecise.length);
    setClaims(same.rows, "morePrecise", firstClaims(morePrecise), morePrecise.length);
    const against = standing - [...same.rows, ...lessPrecise, ...morePrecise].filter(stands).length;
    if (against > 0) for (const row of same.rows) row.standingClaims = against;
  }
}

function firstOf(rows: readonly Row[], isWanted: (row: Row) => boolean): Row[] {
  const found: Row[] = [];
  for (const row of rows) {
    if (isWanted(row)) found.push(row);
    if (found.length === SHOWN_CLAIMS) break;
  }
  return found;
}

/** Assigns the first claims of a kind to rows with the same value. */
function setClaims(rows: readonly Row[], kind: keyof Claims, shown: Claim[], count: number): void {
  if (shown.length === 0) return;
  for (const row of rows) {
    row[kind] = shown;
    if (count > shown.length) row.counts = { ...row.counts, [kind]: count };
  }
}
