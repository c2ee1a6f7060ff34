import { type Dataset, type Opened, openDataset } from "../dataset/dataset.ts";
import type { FormatNames } from "../dataset/format-names.ts";
import { UNMARKED_DESCRIPTION } from "../dataset/placeholder-problems.ts";
import { isCheck, MAX_CHECK_BYTES } from "../dataset/sql-check.ts";
import { isViewFile, MAX_VIEW_BYTES } from "../dataset/view.ts";
import { compareProblems, fileProblem, internalProblem, type Problem, wordedProblem } from "../diagnostics/problem.ts";
import { fileRules } from "../diagnostics/rules/file-rules.ts";
import { FORMATS } from "../formats/formats.ts";
import { type Source, UnreadableSourceError } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import { runSqlChecks } from "./run-sql-checks.ts";
import { runTables, type TablesResult } from "./run-tables.ts";

/** Files that describe the dataset, which are read whole. */
const SMALL = ["dataset.json", "schema.json", "LICENSE"];
const MAX_SMALL_BYTES = 4 * 1024 * 1024;

/** Whether a file describes the dataset; all others hold its records. */
export const describesDataset = (path: string): boolean => SMALL.includes(path) || isCheck(path) || isViewFile(path);

const FORMAT_NAMES: FormatNames = {
  known: FORMATS.map(({ name }) => name),
  required: FORMATS.filter(({ isRequired }) => isRequired).map(({ name }) => name),
  int64: FORMATS.filter(({ hasInt64 }) => hasInt64).map(({ name }) => name),
};

export interface Checked {
  dataset?: Dataset;
  problems: Problem[];
  problemCount: number;
  /** Warnings. */
  warnings?: Problem[];
  records: Map<string, number>;
}

async function readWhole(source: Source, path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.read(path)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Reserved first segments of addresses. */
export const RESERVED: ReadonlySet<string> = new Set(["pages", "assets", "preview", "verify"]);

/** Addresses use the folder's name, everything else the name in `dataset.json`: they must be equal. */
function nameProblems(folder: string, name: string): Problem[] {
  if (RESERVED.has(name)) return [wordedProblem("dataset.json", fileRules.reservedName(name))];
  return folder === name ? [] : [wordedProblem("dataset.json", fileRules.otherName(name, folder))];
}

function open(...files: Parameters<typeof openDataset>): Opened {
  try {
    return openDataset(...files);
  } catch (error) {
    // This does no I/O, so any error is internal, and reported as a problem.
    return { problems: [wordedProblem(".", internalProblem(error))] };
  }
}

/** Opens a dataset without its records. `folder`: name of its folder, if known; `layout` as for `openDataset`. */
export async function readDataset(source: Source, folder?: string, layout?: number): Promise<Opened> {
  let files: Awaited<ReturnType<Source["list"]>>;
  try {
    files = await source.list();
  } catch (error) {
    if (!(error instanceof UnreadableSourceError)) throw error;
    return {
      problems: [
        fileProblem(".", error.message, "A dataset contains only regular files in folders, with limits on their number and size."),
      ],
    };
  }
  if (files.length === 0)
    return {
      problems: [
        fileProblem(".", "The folder is empty", "A dataset has dataset.json, schema.json and its tables; factpress new shows a small one."),
      ],
    };
  const small = new Map<string, Uint8Array>();
  for (const { path, bytes } of files.filter(({ path }) => describesDataset(path))) {
    const most = isCheck(path) ? MAX_CHECK_BYTES : isViewFile(path) ? MAX_VIEW_BYTES : MAX_SMALL_BYTES;
    if (bytes > most) return { problems: [fileProblem(path, `The file is larger than ${most / 1024} KiB`)] };
    small.set(path, await readWhole(source, path));
  }
  const opened = open(
    files.map(({ path }) => path),
    small,
    { layout, formats: FORMAT_NAMES },
  );
  const problems = folder === undefined || opened.name === undefined ? [] : nameProblems(folder, opened.name);
  if (problems.length === 0) return opened;
  const { dataset: _, ...others } = opened;
  return { ...others, problems: [...problems, ...opened.problems].sort(compareProblems) };
}

/** Earlier versions wrote a placeholder without a mark, which was released. Such releases can be rebuilt, but a check reports it. */
const oldPlaceholderProblems = ({ metadata: { description, release } }: Dataset): Problem[] =>
  release?.version !== undefined && description === UNMARKED_DESCRIPTION
    ? [wordedProblem("dataset.json", fileRules.placeholderText(description))]
    : [];

interface CheckOptions {
  /** Name of the folder, if known. */
  folder?: string | undefined;
  /** Checks the records. Default: `runSqlChecks`, which writes nothing. */
  check?(dataset: Dataset): Promise<TablesResult>;
}

/** Checks a dataset: the files that describe it, its records, and, if these have no problems, its SQL checks. */
export async function checkDataset(source: Source, runtime: Runtime, { folder, check }: CheckOptions = {}): Promise<Checked> {
  const { dataset, tables, problems } = await readDataset(source, folder);
  if (dataset) problems.push(...oldPlaceholderProblems(dataset));
  if (!tables) return { problems, problemCount: problems.length, records: new Map() };
  if (dataset && problems.length === 0)
    return { dataset, ...(check ? await check(dataset) : await runSqlChecks(dataset, source, runtime)) };
  const run = await runTables(tables, source, runtime);
  return { ...run, problems: [...problems, ...run.problems].sort(compareProblems), problemCount: problems.length + run.problemCount };
}
