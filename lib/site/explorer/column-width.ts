import type { ExplorerColumn, Row } from "./explorer-model.ts";

/** Characters of a step of widths. */
const STEP = 4;
/** A cell of more characters is wrapped. */
const WIDEST = 30;
/** Counts above a column need as much. */
const NARROWEST = 8;
/** Kinds whose cells are never wrapped. */
const WHOLE: ReadonlySet<ExplorerColumn["kind"]> = new Set(["date", "number", "status", "certainty", "rank"]);
/** Characters that a glyph, or digits of equal width, need beside a text that is not wrapped. */
const BESIDE = 4;

const longestWord = (text: string): number => Math.max(...text.split(/[\s-]/).map((word) => word.length));

/**
 * The width of a column in steps of 4 characters, 2 to 8, from the texts of all rows: as long as the longest that is not wrapped, or as nine of ten
 * others. It is part of the page, so that columns neither move while rows arrive nor change with what is found.
 */
export function columnWidth({ title, kind }: ExplorerColumn, index: number, rows: readonly Row[]): number {
  const lengths = rows
    .map(({ cells }) => cells[index]?.length ?? 0)
    .filter((length) => length > 0)
    .sort((a, b) => a - b);
  const isWhole = WHOLE.has(kind);
  const longest = lengths[isWhole ? lengths.length - 1 : Math.floor(lengths.length * 0.9)] ?? 0;
  const needed = Math.max(longest + (isWhole ? BESIDE : 0), longestWord(title) + 2, NARROWEST);
  return Math.ceil(Math.min(needed, WIDEST) / STEP);
}
