import type { Row } from "./explorer-model.ts";
import { foldedText } from "./folded-text.ts";
import { hasWord, searchableText } from "./search-words.ts";

/** Maximum number of characters of a shown value. */
const LENGTH = 120;

/** Number of characters shown before the word in a value that is cut. */
const BEFORE = 30;

/** The part of a long value around the word; its beginning if it has only another form of the word. */
function partWith(value: string, ways: readonly string[]): string {
  const characters = [...value];
  const folded = foldedText(value);
  // Folding changes few lengths, and less than is shown before the word.
  const at = [...folded.slice(0, Math.max(0, ...ways.map((way) => folded.indexOf(way))))].length;
  const start = Math.max(0, Math.min(at - BEFORE, characters.length - LENGTH));
  const rest = characters.slice(start);
  return (start ? "…" : "") + rest.slice(0, LENGTH).join("") + (rest[LENGTH] ? "…" : "");
}

/** The detail in which a search found a row, if its columns do not have the word: `Currency: US Dollar`. */
export function foundIn({ cells, more = [] }: Row, words: readonly string[][]): string | undefined {
  const shown = searchableText(cells.join("\n"));
  for (const ways of words)
    for (const [title, text] of hasWord(shown, ways) ? [] : more)
      if (hasWord(searchableText(text), ways)) return `${title}: ${partWith(text, ways)}`;
  return undefined;
}
