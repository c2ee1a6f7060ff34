import { KeyIndex } from "../check/key-index.ts";
import type { JsonRecord } from "../formats/value.ts";
import { quoteRow, rowText, rowValues } from "./row-text.ts";

/** Whether at least half of the values are equal: then the row was corrected, not replaced. */
function isCorrection(before: string, now: string): boolean {
  const [a, b] = [rowValues(before), rowValues(now)];
  return a.filter((value, i) => value === b[i]).length * 2 >= a.length;
}

/** Why the row numbers would identify other rows; undefined if they would not. */
export async function whyRenumbered(
  old: AsyncIterable<JsonRecord>,
  now: AsyncIterable<{ record: JsonRecord; line: number }>,
  key: string,
  names: readonly string[],
): Promise<{ line: number; message: string } | undefined> {
  const before: string[] = [];
  for await (const record of old) {
    if (record[key] !== before.length + 1)
      return {
        line: 0,
        message: `record ${before.length + 1} of the dataset has the ${key} ${JSON.stringify(record[key])}: its numbers are not row numbers`,
      };
    before.push(rowText(record, names));
  }
  const [changed, seen] = [[] as { number: number; line: number; text: string }[], new KeyIndex()];
  let count = 0;
  for await (const { record, line } of now) {
    const text = rowText(record, names);
    const was = before[count];
    count += 1;
    if (was === text) continue;
    // Unchanged rows may also occur elsewhere.
    seen.add(text);
    if (was !== undefined) changed.push({ number: count, line, text });
  }
  const removed = new Set(changed.map(({ number }) => before[number - 1] as string));
  const moved = changed.find(({ number, text }) => {
    const was = before[number - 1] as string;
    return removed.has(text) || seen.has(was) || !isCorrection(was, text);
  });
  if (moved)
    return {
      line: moved.line,
      message: `${key} ${moved.number} would refer to another row: ${quoteRow(before[moved.number - 1] ?? "")} is now ${quoteRow(moved.text)}`,
    };
  if (count < before.length) return { line: 0, message: `the file ends before ${key} ${count + 1}, ${quoteRow(before[count] ?? "")}` };
  return undefined;
}
