import { execFileSync } from "node:child_process";

/** The words that SQLite's tokenizer `unicode61` finds in two texts for each code point: a character alone, and one between two letters. */
const TOKENS = `
import json, sqlite3
base = sqlite3.connect(":memory:")
base.execute("CREATE VIRTUAL TABLE t USING fts5(x, content='')")
base.execute("CREATE VIRTUAL TABLE v USING fts5vocab('t', 'instance')")
points = [point for point in range(1, 0x110000) if not 0xD800 <= point < 0xE000]
base.executemany("INSERT INTO t (rowid, x) VALUES (?, ?)", ((point, f"{chr(point)} q{chr(point)}q") for point in points))
rows = {point: [] for point in points}
for word, point, offset in base.execute("SELECT term, doc, offset FROM v ORDER BY doc, offset"): rows[point].append(word)
for point in points: print(json.dumps(rows[point], ensure_ascii=False, separators=(",", ":")))
`;

/** By code point. */
export function sqliteWords(): Map<number, string[]> {
  const lines = execFileSync("python3", ["-c", TOKENS], { encoding: "utf8", maxBuffer: 1 << 28 }).split("\n");
  const points = Array.from({ length: 0x110000 - 1 }, (_, i) => i + 1).filter((point) => point < 0xd800 || point >= 0xe000);
  return new Map(points.map((point, i) => [point, JSON.parse(lines[i] as string) as string[]]));
}

const base36 = (number: number): string => number.toString(36);
const LINE = 130;

/** Numbers in lines of at most 130 characters. */
function inLines(numbers: readonly number[]): string {
  const lines = [""];
  for (const number of numbers.map(base36)) {
    const last = lines.at(-1) as string;
    if (last.length + 1 + number.length > LINE) lines.push(number);
    else lines[lines.length - 1] = last === "" ? number : `${last} ${number}`;
  }
  return lines.join("\n");
}

/** For each run of consecutive code points: the gap after the previous run, and the length minus one. */
function runsOf(points: readonly number[]): number[] {
  const numbers: number[] = [];
  for (let i = 0, before = 0; i < points.length; ) {
    const start = i;
    while (points[i + 1] === (points[i] as number) + 1) i += 1;
    numbers.push((points[start] as number) - before, i - start);
    before = points[i] as number;
    i += 1;
  }
  return numbers;
}

/** Runs of characters at equal steps that are folded by the same distance; runs may overlap. */
function foldedRunsOf(folded: ReadonlyMap<number, number>): number[] {
  const MAX_STEP = 4;
  const rest = new Map(folded);
  const numbers: number[] = [];
  let before = 0;
  for (const [start, distance] of folded) {
    if (!rest.has(start)) continue;
    const countOf = (step: number): number => {
      let count = 1;
      while (rest.get(start + count * step) === distance) count += 1;
      return count;
    };
    const steps = Array.from({ length: MAX_STEP }, (_, i) => i + 1);
    const step = steps.reduce((best, one) => (countOf(one) > countOf(best) ? one : best));
    const count = countOf(step);
    for (let i = 0; i < count; i += 1) rest.delete(start + i * step);
    numbers.push(start - before, count - 1, step, distance);
    before = start;
  }
  return numbers;
}

/** The text of lib/formats/sqlite/unicode61.generated.ts. */
export function unicode61Tables(words: ReadonlyMap<number, readonly string[]>): string {
  const tokens: number[] = [];
  const diacritics: number[] = [];
  const folded = new Map<number, number>();
  for (const [point, found] of words) {
    if (found.length === 1) diacritics.push(point);
    // Alone a word, and a part of one.
    const word = found.length === 2 && found[1] === `q${found[0]}q` ? found[0]?.codePointAt(0) : undefined;
    if (word === undefined) continue;
    tokens.push(point);
    if (word !== point) folded.set(point, word - point);
  }
  return `/**
 * What SQLite's tokenizer \`unicode61\` takes for a part of a word, and how it folds case and removes diacritics: its own tables, which it has not changed
 * since version 3.25. Numbers in base 36. Written by \`FACTPRESS_WRITE=1 npm run test:readers\`, which compares every code point with SQLite.
 */

/** Runs of characters of words: the gap after the run before, and the length less one. */
export const TOKEN_RUNS = \`
${inLines(runsOf(tokens))}\`;

/** Combining characters that do not end a word and are left out of it. */
export const DIACRITIC_RUNS = \`
${inLines(runsOf(diacritics))}\`;

/** Folded characters: the distance from the start of the run before, the number less one, the step, the distance of what replaces it. */
export const FOLDED_RUNS = \`
${inLines(foldedRunsOf(folded))}\`;
`;
}
