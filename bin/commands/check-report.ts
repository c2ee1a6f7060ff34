import type { Problem } from "../../lib/diagnostics/problem.ts";
import type { EndReason } from "../../lib/release/dataset-end.ts";

/** A dataset in the output of `check --format json`. */
export interface CheckReport extends EndReason {
  dataset: string;
  problemCount: number;
  problems?: readonly Problem[];
  records?: Readonly<Record<string, number>>;
  change?: string;
  warnings?: readonly Problem[];
  notCompared?: string;
  shape?: readonly string[];
  gone?: string;
}

/** The descriptions of a dataset's keys in docs/commands.md. */
export const CHECK_REPORT_PROPERTIES: Readonly<Record<keyof CheckReport, string>> = {
  dataset: "its folder",
  problemCount: "number of problems, listed or not; the check fails if it is not 0",
  problems: "the first 1,000 problems; missing for a deleted dataset",
  records: "number of records that were read, by table",
  change: "the level of the change and what it was compared with, in a sentence",
  warnings: "what does not fail the check, in the form of problems",
  notCompared: "why nothing, or not everything, was compared; `--require-base` then fails",
  shape: "files that `--fix` would format",
  gone: "of a deleted dataset: the branch and commit that contain it",
  reason: "of a deleted dataset: `release.ended` of its last `dataset.json`",
  continuedAs: "of a deleted dataset: the dataset that names it in `release.continues`",
};

/** The descriptions of a problem's keys in docs/commands.md. */
export const PROBLEM_PROPERTIES: Readonly<Record<keyof Problem, string>> = {
  file: "path in the folder of the dataset; `.` is the folder",
  line: "from 1; 0 for the whole file",
  column: "from 1, in UTF-16 code units; 0 for the whole file",
  field: "the path in the record, such as `value.date`",
  rule: "anchor of the rule in [mistakes.md](mistakes.md)",
  message: "what is wrong",
  remedy: "what to do",
  couldNotTell:
    "`true` if the check did not complete, because of a limit or an internal error: whether the data is valid is unknown. The check fails",
};
