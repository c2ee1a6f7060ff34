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
  if (characters.length <= LENGTH) return value;
  const folded = characters.map(foldedText);
  const text = folded.join("");
  const found = ways.map((way) => text.indexOf(way)).find((index) => index >= 0) ?? 0;
  let end = 0;
  const at = folded.findIndex((part) => {
    end += part.length;
    return end > found;
  });
  const start = Math.max(0, Math.min(at - BEFORE, characters.length - LENGTH));
  const isEnd = start + LENGTH >= characters.length;
  return `${start > 0 ? "…" : ""}${characters.slice(start, start + LENGTH).join("")}${isEnd ? "" : "…"}`;
}

/** The detail in which a search found a row, if its columns do not have the word: `Currency: US Dollar`. */
export function foundIn({ cells, more = [] }: Row, words: readonly string[][]): string | undefined {
  const shown = searchableText(cells.join("\n"));
  for (const ways of words.filter((each) => !hasWord(shown, each))) {
    const [title, value = ""] = more.find(([, text]) => hasWord(searchableText(text), ways)) ?? [];
    if (title !== undefined) return `${title}: ${partWith(value, ways)}`;
  }
  return undefined;
}
