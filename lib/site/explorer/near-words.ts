import { hasWord } from "./search-words.ts";

/** Minimum length of a word; shorter ones are similar to too many others. */
const SHORTEST = 4;
/** Minimum length of words that may differ in two letters. */
const LONG = 8;

/** The edit distance (additions, removals, replacements and swaps); any number above `most` if it is larger. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] as number) + 1);
      row[j] = cost;
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length] as number;
}

/** Finds words of the rows that are similar to a word that occurs in none. */
export class NearWords {
  readonly #word: string;
  readonly #ways: readonly string[];
  readonly #most: number;
  #best: { word: string; distance: number } | undefined;
  #isFound = false;
  readonly #seen = new Set<string>();

  /** `ways`: the word and its other spellings. */
  constructor(ways: readonly string[]) {
    const [word = ""] = ways;
    this.#word = word;
    this.#ways = ways;
    this.#most = word.length < SHORTEST || !/^\p{L}+$/u.test(word) ? 0 : word.length < LONG ? 1 : 2;
  }

  /** Compares with the words of a text. */
  add(text: string): void {
    this.#isFound ||= hasWord(text, this.#ways);
    if (this.#isFound || this.#most === 0) return;
    for (const [word] of text.matchAll(/\p{L}{3,}/gu)) {
      if (this.#seen.has(word)) continue;
      this.#seen.add(word);
      const found = distance(this.#word, word, this.#most);
      const best = this.#best;
      if (found <= this.#most && (!best || found < best.distance || (found === best.distance && word < best.word)))
        this.#best = { word, distance: found };
    }
  }

  /** The word itself if it occurs, else the most similar one; undefined if there is none. */
  nearest(): string | undefined {
    return this.#isFound ? this.#word : this.#best?.word;
  }
}
