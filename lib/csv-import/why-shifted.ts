import type { JsonRecord } from "../formats/value.ts";
import { quoteRow, rowText } from "./row-text.ts";

/** Texts of records by number, and numbers by unique text. Undefined unless the numbers count from 0 or 1, in order. */
async function numberedTexts(records: AsyncIterable<JsonRecord>, key: string, names: readonly string[]) {
  const texts = new Map<unknown, string>();
  const numbers = new Map<string, unknown>();
  let first: number | undefined;
  for await (const record of records) {
    const text = rowText(record, names);
    first ??= record[key] === 0 ? 0 : 1;
    if (record[key] !== first + texts.size) return undefined;
    texts.set(record[key], text);
    numbers.set(text, numbers.has(text) ? undefined : record[key]);
  }
  return { texts, numbers };
}

/** Why the numbers of a file would identify other rows: most changed records had another number. Undefined otherwise. */
export async function whyShifted(
  old: AsyncIterable<JsonRecord>,
  now: AsyncIterable<{ record: JsonRecord; line: number }>,
  key: string,
  names: readonly string[],
): Promise<{ line: number; message: string } | undefined> {
  const known = await numberedTexts(old, key, names);
  if (!known) return undefined;
  const { texts, numbers } = known;
  let changed = 0;
  const kept = new Set<unknown>();
  const found: { number: unknown; now: unknown; line: number; text: string }[] = [];
  for await (const { record, line } of now) {
    const text = rowText(record, names);
    if (texts.get(record[key]) === text) {
      kept.add(record[key]);
      continue;
    }
    changed += 1;
    const number = numbers.get(text);
    if (number !== undefined) found.push({ number, now: record[key], line, text });
  }
  // A row that still has its number did not move: another row became equal to it.
  const moved = found.filter(({ number }) => !kept.has(number));
  const [first] = moved;
  // A single row with one value may equal an old row by chance.
  if (!first || moved.length * 2 < changed || (moved.length === 1 && names.length === 1)) return undefined;
  const { number, now: other, line, text } = first;
  return { line, message: `the row that had the ${key} ${number}, ${quoteRow(text)}, now has ${other}: the rows were numbered again` };
}
