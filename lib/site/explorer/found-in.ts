import type { Row } from "./explorer-model.ts";
import { foldedText } from "./folded-text.ts";
import { hasWord } from "./search-words.ts";

/** Maximum length of a shown value. */
const LENGTH = 120;

/** The detail in which a search found a row, if its columns do not have the word: `Currency: US Dollar`. */
export function foundIn({ cells, more = [] }: Row, words: readonly string[][]): string | undefined {
  const shown = foldedText(cells.join("\n"));
  const hidden = words.filter((ways) => !hasWord(shown, ways));
  const [title, value = ""] = more.find(([, text]) => hidden.some((ways) => hasWord(foldedText(text), ways))) ?? [];
  return title === undefined ? undefined : `${title}: ${value.length > LENGTH ? `${value.slice(0, LENGTH)}…` : value}`;
}
