import { DATASET_FILE } from "../contract/dataset-files.ts";
import { RESERVED_DATASET_NAMES } from "../contract/dataset-name.ts";
import { type OpenDatasetOptions, type Opened, openDataset } from "../dataset/dataset.ts";
import type { FormatNames } from "../dataset/format-names.ts";
import { isSqlCheckFile } from "../dataset/is-sql-check-file.ts";
import { isViewFile } from "../dataset/is-view-file.ts";
import { MAX_CHECK_BYTES } from "../dataset/sql-check.ts";
import { MAX_VIEW_BYTES } from "../dataset/view.ts";
import { compareProblems, fileProblem, internalProblem, type Problem, wordedProblem } from "../diagnostics/problem.ts";
import { fileRules } from "../diagnostics/rules/file-rules.ts";
import { FORMATS } from "../formats/formats.ts";
import type { Source } from "../ports/ports.ts";
import { readWhole } from "../ports/read-whole.ts";
import { UnreadableSourceError } from "../ports/unreadable-source-error.ts";
import { describesDataset } from "./describes-dataset.ts";

/** Maximum size of a file that describes a dataset, except SQL. */
export const MAX_SMALL_BYTES = 4 * 1024 * 1024;

const FORMAT_NAMES: FormatNames = {
  known: FORMATS.map(({ name }) => name),
  required: FORMATS.filter(({ isRequired }) => isRequired).map(({ name }) => name),
  int64: FORMATS.filter(({ hasInt64 }) => hasInt64).map(({ name }) => name),
};

/** Addresses use the folder's name, everything else the name in `dataset.json`: they must be equal. */
function nameProblems(folder: string, name: string): Problem[] {
  if (RESERVED_DATASET_NAMES.has(name)) return [wordedProblem(DATASET_FILE, fileRules.reservedName(name))];
  return folder === name ? [] : [wordedProblem(DATASET_FILE, fileRules.otherName(name, folder))];
}

function open(...files: Parameters<typeof openDataset>): Opened {
  try {
    return openDataset(...files);
  } catch (error) {
    // `openDataset` does no I/O, so any error is internal, and reported as a problem.
    return { problems: [wordedProblem(".", internalProblem(error))] };
  }
}

const sourceProblem = ({ message, path }: UnreadableSourceError): Problem =>
  path === undefined
    ? fileProblem(".", message, "A dataset contains only regular files in folders, with limits on their number and size.")
    : fileProblem(path, message, "Put a file with the records in its place, or move it out of the folder.");

/** Opens a dataset without its records. `folder`: name of its folder, if known; `options` as for `openDataset`. */
export async function readDataset(source: Source, folder?: string, options: Omit<OpenDatasetOptions, "formats"> = {}): Promise<Opened> {
  let files: Awaited<ReturnType<Source["list"]>>;
  try {
    files = await source.list();
  } catch (error) {
    if (!(error instanceof UnreadableSourceError)) throw error;
    return { problems: [sourceProblem(error)] };
  }
  if (files.length === 0)
    return {
      problems: [
        fileProblem(".", "The folder is empty", "A dataset has dataset.json, schema.json and its tables; factpress new shows a small one."),
      ],
    };
  const small = new Map<string, Uint8Array>();
  for (const { path, bytes } of files.filter(({ path }) => describesDataset(path))) {
    const maxBytes = isSqlCheckFile(path) ? MAX_CHECK_BYTES : isViewFile(path) ? MAX_VIEW_BYTES : MAX_SMALL_BYTES;
    if (bytes > maxBytes) return { problems: [fileProblem(path, `The file is larger than ${maxBytes / 1024} KiB`)] };
    small.set(path, await readWhole(source.read(path)));
  }
  const opened = open(
    files.map(({ path }) => path),
    small,
    { ...options, formats: FORMAT_NAMES },
  );
  const problems = folder === undefined || opened.name === undefined ? [] : nameProblems(folder, opened.name);
  if (problems.length === 0) return opened;
  const { dataset: _, ...others } = opened;
  return { ...others, problems: [...problems, ...opened.problems].sort(compareProblems) };
}
