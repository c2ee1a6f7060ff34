import type { ExplorerColumn, Row } from "./explorer-model.ts";

/** Characters of a step of widths. */
const STEP = 4;
/** A cell of more characters is wrapped. */
const WIDEST = 30;
/** Width of the counts above a column. */
const NARROWEST = 8;
/** Kinds whose cells are never wrapped. */
const WHOLE: ReadonlySet<ExplorerColumn["kind"]> = new Set(["date", "number", "status", "certainty", "rank"]);
/** Extra characters for a glyph or tabular digits beside a text that is not wrapped. */
const BESIDE = 4;

const longestWord = (text: string): number => Math.max(...text.split(/[\s-]/).map((word) => word.length));

/**
 * The width of a column in steps of 4 characters, 2 to 8: that of the longest text that is not wrapped, or the 90th percentile of the
 * others, over all rows. Part of the page, so that columns keep their widths while rows arrive and searches change.
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
