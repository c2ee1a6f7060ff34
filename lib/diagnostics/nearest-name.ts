import { closest, distance } from "fastest-levenshtein";

const plain = (text: string): string => text.trim().toLowerCase();
/** Equal for words with swapped letters, whose edit distance of two is large for a short word. */
const letters = (text: string): string => [...plain(text)].sort().join("");

/** Minimum length of an abbreviation. */
const ABBREVIATED = 3;

/** The allowed text that is closest to `found`; undefined if none is close enough. */
export function nearestName(found: string, allowed: readonly string[]): string | undefined {
  if (found.length === 0 || found.length >= 100 || allowed.length === 0) return undefined;
  const same = allowed.find((text) => plain(text) === plain(found));
  if (same !== undefined) return same;
  const [longer, ...others] = found.length < ABBREVIATED ? [] : allowed.filter((text) => plain(text).startsWith(plain(found)));
  if (longer !== undefined && others.length === 0) return longer;
  const best = closest(found, allowed as string[]);
  const apart = distance(plain(found), plain(best));
  // Replacing all letters of a short text is not a misspelling.
  const near = (apart < plain(best).length && apart <= Math.max(1, Math.ceil(best.length / 3))) || letters(found) === letters(best);
  return near ? best : undefined;
}
