import { isObject } from "../contract/is-object.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { STARTER_RECORD } from "../dataset/placeholder-problems.ts";
import type { Problem } from "../diagnostics/problem.ts";
import { fileRules } from "../diagnostics/rules/file-rules.ts";
import { locateProblems } from "../json/locate-problems.ts";
import { parseJson } from "../json/parse-json.ts";
import { textPositions } from "../json/text-positions.ts";
import { tooDeep } from "../json/too-deep.ts";
import type { Source } from "../ports/ports.ts";
import { readWhole } from "../ports/read-whole.ts";

/** Larger files are not searched: they are not read into memory, and their records were imported, not added to the starter's. */
const MAX_BYTES = 100_000;

const { label, source: address } = STARTER_RECORD;
const COLUMNS = Object.keys(STARTER_RECORD);

/** An edited record has another name or source. */
const isStarterRecord = (record: unknown): boolean => isObject(record) && record["label"] === label && record["source"] === address;

/** The record of a new dataset in a file of records. Other problems of the file are found when its records are checked. */
function problemsOfFile(file: string, text: string): Problem[] {
  if (tooDeep(text) !== undefined) return [];
  const records = parseJson(text)?.value;
  const index = Array.isArray(records) ? records.findIndex(isStarterRecord) : -1;
  if (index < 0) return [];
  const position = textPositions(text);
  return locateProblems(text, [{ path: [index], ...fileRules.placeholderRecord(label) }]).map(({ offset, field: _, ...wording }) => ({
    file,
    ...position(offset),
    ...wording,
  }));
}

/** Finds the record of a new dataset in a dataset that will be released. Earlier versions overlooked it. */
export async function starterRecordProblems({ metadata, plans, files }: Dataset, source: Source): Promise<Problem[]> {
  if (metadata.release?.version === undefined) return [];
  const tables = plans.filter(({ record }) => COLUMNS.every((name) => record.properties?.[name] !== undefined));
  const paths = new Set(tables.flatMap(({ name }) => files.get(name) ?? []));
  if (paths.size === 0) return [];
  const problems: Problem[] = [];
  for (const { path, bytes } of await source.list())
    if (paths.has(path) && bytes <= MAX_BYTES)
      problems.push(...problemsOfFile(path, Buffer.from(await readWhole(source.read(path))).toString("utf8")));
  return problems;
}
