import type { CsvRow } from "../ports/ports.ts";
import { describeHiddenKey } from "./describe-hidden-key.ts";
import { describeSameKey } from "./describe-same-key.ts";
import { KeyTrial as Trial } from "./key-trial.ts";

/** Why columns cannot be the key, worded to follow their names: "--key code …". */
export async function checkKey(
  indexes: readonly number[],
  rows: () => AsyncIterable<CsvRow>,
): Promise<{ line: number; message: string } | undefined> {
  const trial = new Trial(indexes, true);
  let [emptyRows, line] = [0, 0];
  for await (const row of rows()) {
    const isMissing = indexes.some((i) => (row.cells[i] ?? "") === "");
    if (isMissing) {
      emptyRows += 1;
      line ||= row.line;
    }
    trial.add(row.cells, row.line);
  }
  const same = (why: string): string => `does not identify the rows: ${why}`;
  if (emptyRows > 0) return { line, message: same(`it is empty in line ${line}${emptyRows > 1 ? `, and ${emptyRows - 1} more` : ""}`) };
  if (trial.hidden) return { line: trial.hidden.line, message: `cannot be the key: ${describeHiddenKey(trial.hidden)}` };
  return trial.same && { line: trial.same.line, message: same(describeSameKey(trial.same)) };
}
