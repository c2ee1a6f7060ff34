import type { Dataset } from "../dataset/dataset.ts";
import { STARTER_RECORD } from "../dataset/placeholder-problems.ts";
import { type Problem, wordedProblem } from "../diagnostics/problem.ts";
import { fileRules } from "../diagnostics/rules/file-rules.ts";
import type { Source } from "../ports/ports.ts";
import { readWhole } from "../ports/read-whole.ts";

/** The table of the starter is a file of its own; others are hardly that small. */
const MAX_BYTES = 100_000;

const { label, source: address } = STARTER_RECORD;
/** Where the record was edited, its name or its source is another. */
const COLUMNS = Object.keys(STARTER_RECORD);

/** The record of a new dataset among those that will be released. Earlier versions overlooked it. */
export async function starterRecordProblems({ metadata, plans, files }: Dataset, source: Source): Promise<Problem[]> {
  if (metadata.release?.version === undefined) return [];
  const tables = plans.filter(({ record }) => COLUMNS.every((name) => record.properties?.[name] !== undefined));
  const paths = new Set(tables.flatMap(({ name }) => files.get(name) ?? []));
  if (paths.size === 0) return [];
  const problems: Problem[] = [];
  for (const { path, bytes } of await source.list()) {
    if (!paths.has(path) || bytes > MAX_BYTES) continue;
    const text = Buffer.from(await readWhole(source.read(path))).toString("utf8");
    if (text.includes(JSON.stringify(label)) && text.includes(JSON.stringify(address)))
      problems.push(wordedProblem(path, fileRules.placeholderRecord(label)));
  }
  return problems;
}
