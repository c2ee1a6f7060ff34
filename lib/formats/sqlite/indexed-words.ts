import { DIACRITIC_RUNS, FOLDED_RUNS, TOKEN_RUNS } from "./unicode61.generated.ts";

const CODE_POINTS = 0x110000;
/** Markers for characters without a folded form. */
const SEPARATOR = 0;
const DIACRITIC = -1;

const numbersIn = (text: string): number[] =>
  text
    .trim()
    .split(/\s+/)
    .map((number) => Number.parseInt(number, 36));

/** For each code point: `SEPARATOR`, `DIACRITIC`, or its folded form plus one. */
function readTables(): Int32Array {
  const table = new Int32Array(CODE_POINTS);
  const addRuns = (text: string, folded: (character: number) => number): void => {
    const numbers = numbersIn(text);
    for (let i = 0, at = 0; i < numbers.length; i += 2) {
      const start = at + (numbers[i] as number);
      at = start + (numbers[i + 1] as number);
      for (let character = start; character <= at; character += 1) table[character] = folded(character);
    }
  };
  addRuns(TOKEN_RUNS, (character) => character + 1);
  addRuns(DIACRITIC_RUNS, () => DIACRITIC);
  const others = numbersIn(FOLDED_RUNS);
  for (let i = 0, at = 0; i < others.length; i += 4) {
    const [gap, more, step, distance] = others.slice(i, i + 4) as [number, number, number, number];
    at += gap;
    for (let character = at; character <= at + more * step; character += step) table[character] = character + distance + 1;
  }
  return table;
}

let known: Int32Array | undefined;

/** The words of a text, as found by SQLite's tokenizer `unicode61`: in lower case, without diacritics. */
export function indexedWords(text: string): string[] {
  known ??= readTables();
  const words: string[] = [];
  let word: string | undefined;
  for (const character of text) {
    const is = known[character.codePointAt(0) as number] as number;
    if (is > SEPARATOR) word = (word ?? "") + String.fromCodePoint(is - 1);
    else if (word !== undefined && is === SEPARATOR) {
      words.push(word);
      word = undefined;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}
