import { distance } from "fastest-levenshtein";

const plain = (text: string): string => text.trim().toLowerCase();
/** Equal for words with swapped letters, whose edit distance of two is large for a short word. */
const letters = (text: string): string => [...plain(text)].sort().join("");

/** Minimum length of an abbreviation. */
const ABBREVIATED = 3;

/** How many characters two texts start with alike. */
function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** The text at the smallest distance; of several, the one that starts most alike. */
function closest(found: string, allowed: readonly string[]): string {
  let best = { text: "", apart: Number.POSITIVE_INFINITY };
  for (const text of allowed) {
    const apart = distance(found, text);
    if (apart < best.apart || (apart === best.apart && sharedStart(found, text) > sharedStart(found, best.text))) best = { text, apart };
  }
  return best.text;
}

/** The part of a text after what it shares with another one, up to a separator: a prefix such as `country:` does not count as similarity. */
const afterKind = (text: string, other: string): string => text.slice(text.slice(0, sharedStart(text, other)).lastIndexOf(":") + 1);

/** The allowed text that is closest to `found`; undefined if none is close enough. */
export function nearestName(found: string, allowed: readonly string[]): string | undefined {
  if (found.length === 0 || found.length >= 100 || allowed.length === 0) return undefined;
  const same = allowed.find((text) => plain(text) === plain(found));
  if (same !== undefined) return same;
  const [longer, ...others] = found.length < ABBREVIATED ? [] : allowed.filter((text) => plain(text).startsWith(plain(found)));
  if (longer !== undefined && others.length === 0) return longer;
  const best = closest(found, allowed);
  const apart = distance(plain(found), plain(best));
  const { length } = afterKind(plain(best), plain(found));
  // Codes of two letters after a prefix, such as those of countries, all differ by two letters at most.
  if (length < ABBREVIATED && length < best.trim().length && letters(found) !== letters(best)) return undefined;
  // Replacing all letters of a short text is not a misspelling.
  const near = (apart < length && apart <= Math.max(1, Math.ceil(length / 3))) || letters(found) === letters(best);
  return near ? best : undefined;
}
