import type { CheckedChange } from "../../lib/build/check-change.ts";
import { endSentence } from "../../lib/check/end-sentence.ts";
import { isEndAnnounced } from "../../lib/check/is-end-announced.ts";
import { unannouncedEnd } from "../../lib/check/unannounced-end.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import type { Problem } from "../../lib/diagnostics/problem.ts";
import { fileRules } from "../../lib/diagnostics/rules/file-rules.ts";
import { colors } from "../colors.ts";
import { DatasetInGit } from "../dataset-in-git.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { findPresentDatasets, NO_DATASET_LEFT } from "../find-present-datasets.ts";
import { GitContext } from "../git-context.ts";
import { out } from "../out.ts";
import { placeToWrite } from "../place-to-write.ts";
import { printProblems } from "../print-problems.ts";
import { printWarnings } from "../print-warnings.ts";
import { UsageError } from "../usage-error.ts";
import { type CheckResult, checkFolder } from "./check-folder.ts";
import type { CheckReport } from "./check-report.ts";
import { checkedCounts } from "./checked-counts.ts";
import { fixFile } from "./fix-file.ts";
import { missingCardsNote } from "./missing-cards-note.ts";
import { type MissingDataset, missingDatasets } from "./missing-datasets.ts";
import { openPublishedStore } from "./published-store.ts";
import { unusualFiles } from "./unusual-files.ts";

interface CheckOptions {
  format: string;
  against?: string;
  branch?: string;
  requireBase?: boolean;
  ended?: string[];
  fix?: boolean;
}

const warningsOf = ({ warnings = [], change }: CheckedChange): Problem[] => [...warnings, ...(change?.warnings ?? [])];

/** Reports a dataset that is missing in the folder; returns its report, unless it was skipped. */
function reportOneMissing(
  { name, shown, against, end, isLeftOut }: MissingDataset,
  { ended = [], format }: CheckOptions,
): CheckReport | undefined {
  const isText = format === "text";
  if (isLeftOut) {
    if (isText) out(`${colors.bold(shown)}  not checked: this sparse checkout leaves it out`);
    return undefined;
  }
  const isAnnounced = isEndAnnounced(end);
  const isAccepted = isAnnounced || ended.includes(name);
  const { message, remedy } = unannouncedEnd(name, against);
  if (isText) out(`${colors.bold(shown)}  ${escapeControlChars(isAnnounced ? endSentence(end) : message)}`);
  if (isText && !isAccepted) out(`  ${escapeControlChars(remedy)} Or confirm it for this check: --ended ${name}`);
  const { isDraft: _, ...why } = end;
  return { dataset: shown, gone: `${against} contains it`, ...why, problemCount: isAccepted ? 0 : 1 };
}

/** A dataset that is deleted without a declared reason fails the check, like a deleted table. */
async function reportMissing(
  present: readonly DatasetFolder[],
  git: GitContext,
  options: CheckOptions,
): Promise<{ reports: CheckReport[]; failed: boolean }> {
  const missing = await missingDatasets(present, git);
  const reports = missing.flatMap((dataset) => reportOneMissing(dataset, options) ?? []);
  if (present.length + missing.length === 0 && options.format === "text") out(NO_DATASET_LEFT);
  return { reports, failed: reports.some(({ problemCount }) => problemCount > 0) };
}

function printVerdict(dataset: DatasetFolder, { checked, problems, problemCount, summary }: CheckResult, shape: readonly string[]): void {
  if (problemCount > 0) {
    if (summary) out(`${colors.bold(dataset.shown)}  ${summary}\n`);
    printProblems(dataset, { problems, problemCount });
  } else {
    const isDraft = checked.dataset?.metadata.release?.version === undefined;
    out(`${colors.bold(dataset.shown)}  no problems: ${checkedCounts(checked)}`);
    // A draft has no readers yet, so nothing had to be compared.
    if (summary && !(isDraft && checked.notCompared !== undefined)) out(`  ${summary}`);
    const note = missingCardsNote(checked);
    if (note !== undefined) out(`  ${note}`);
    if (isDraft) out("  a draft: dataset.json names no release.version");
  }
  printWarnings(dataset, warningsOf(checked));
  if (shape.length > 0) out(`  ${fileRules.shape([...shape]).message}`);
}

const verdictAsJson = (
  dataset: DatasetFolder,
  { checked, problems, problemCount, summary, notCompared }: CheckResult,
  shape: readonly string[],
): CheckReport => ({
  dataset: dataset.shown,
  problemCount,
  problems,
  records: Object.fromEntries(checked.records),
  ...(summary ? { change: summary } : {}),
  ...(warningsOf(checked).length > 0 ? { warnings: warningsOf(checked) } : {}),
  ...(notCompared === undefined ? {} : { notCompared }),
  ...(shape.length > 0 ? { shape } : {}),
});

/** Formats files if --fix is set. Returns the files that are still not in the usual shape. */
async function shapeOf(dataset: DatasetFolder, { fix, format }: CheckOptions): Promise<string[]> {
  const unusual = await unusualFiles(dataset);
  if (!fix) return unusual.map(({ shown }) => shown);
  await placeToWrite(dataset.given);
  for (const file of unusual) {
    const done = await fixFile(file);
    if (format === "text") out(done);
  }
  return [];
}

export async function check(nameOrPath: string | undefined, options: CheckOptions): Promise<number> {
  if (!["text", "json"].includes(options.format)) throw new UsageError(`--format is text or json, not "${options.format}"`);
  const reports: CheckReport[] = [];
  const notCompared: string[] = [];
  let failed = false;
  const git = new GitContext(options.branch);
  const datasets = await findPresentDatasets(nameOrPath, git);
  const published = options.against === undefined ? undefined : await openPublishedStore(options.against, datasets);
  for (const dataset of datasets) {
    const shape = await shapeOf(dataset, options);
    const verdict = await checkFolder(new DatasetInGit(dataset, git), published);
    failed ||= verdict.problemCount > 0;
    if (verdict.notCompared !== undefined) notCompared.push(`${dataset.shown}: ${verdict.notCompared}`);
    if (options.format === "json") reports.push(verdictAsJson(dataset, verdict, shape));
    else printVerdict(dataset, verdict, shape);
  }
  const missing = nameOrPath === undefined ? await reportMissing(datasets, git, options) : { reports: [], failed: false };
  if (options.format === "json") out(JSON.stringify([...reports, ...missing.reports], null, 2));
  if (failed || missing.failed) return 1;
  if (options.requireBase && notCompared.length > 0)
    throw new UsageError(`--require-base: there was nothing to compare with.\n${notCompared.map((line) => `  ${line}`).join("\n")}`);
  return 0;
}
