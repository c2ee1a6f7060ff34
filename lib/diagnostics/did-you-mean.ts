import { closest, distance } from "fastest-levenshtein";

const plain = (text: string): string => text.trim().toLowerCase();
/** Two letters that changed places make a distance of two, which is much in a short word. */
const letters = (text: string): string => [...plain(text)].sort().join("");

/** So much of a word tells which is meant. */
const ABBREVIATED = 3;

/** The allowed text that somebody probably meant, if one is near enough. */
export function nearMiss(found: string, allowed: readonly string[]): string | undefined {
  if (found.length === 0 || found.length >= 100 || allowed.length === 0) return undefined;
  const same = allowed.find((text) => plain(text) === plain(found));
  if (same !== undefined) return same;
  const [longer, ...others] = found.length < ABBREVIATED ? [] : allowed.filter((text) => plain(text).startsWith(plain(found)));
  if (longer !== undefined && others.length === 0) return longer;
  const best = closest(found, allowed as string[]);
  const apart = distance(plain(found), plain(best));
  // A single letter in place of another is no misspelt one.
  const near = (apart < plain(best).length && apart <= Math.max(1, Math.ceil(best.length / 3))) || letters(found) === letters(best);
  return near ? best : undefined;
}
