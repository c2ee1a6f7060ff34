import type { ExplorerModel, Row } from "./explorer-model.ts";
import { foldedText } from "./folded-text.ts";
import { hasWord, searchWords } from "./search-words.ts";

/** Number of ranks. */
export const RANKS = 4;

/**
 * Ranks rows that a search finds by their subject, or else by their first column: 0 if the subject has no other words, 1 if it has all words of
 * the search, 2 if it has one of them, 3 if only other cells, sources or quotations have them.
 */
export function subjectRanker({ columns }: Pick<ExplorerModel, "columns">, text: string): (row: Row) => number {
  const words = searchWords(text);
  const known = new Map<string, number>();
  const subject = Math.max(
    0,
    columns.findIndex(({ kind }) => kind === "subject"),
  );
  const rankOf = (name: string): number => {
    const plain = foldedText(name);
    const found = words.filter((ways) => hasWord(plain, ways)).length;
    if (found === 0) return 3;
    const own = plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    if (own.every((word) => words.some((ways) => ways.includes(word)))) return 0;
    return found === words.length ? 1 : 2;
  };
  return (row) => {
    const name = row.cells[subject] ?? "";
    const rank = known.get(name) ?? rankOf(name);
    known.set(name, rank);
    return rank;
  };
}
