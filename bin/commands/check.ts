import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { gitHistory } from "../../lib/adapters/git/git-history.ts";
import { type Base, type CheckedChange, checkChange, type FindBase } from "../../lib/build/check-change.ts";
import { endSentence } from "../../lib/check/end-sentence.ts";
import { isEndAnnounced } from "../../lib/check/is-end-announced.ts";
import { unannouncedEnd } from "../../lib/check/unannounced-end.ts";
import { DATASET_FILE } from "../../lib/contract/dataset-files.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import type { Problem } from "../../lib/diagnostics/problem.ts";
import { fileRules } from "../../lib/diagnostics/rules/file-rules.ts";
import { readCatalogueOrEmpty } from "../../lib/ports/read-catalogue.ts";
import { endedRemovals } from "../../lib/publish/ended-removals.ts";
import { nextVersion } from "../../lib/release/next-version.ts";
import { unknownVersions } from "../../lib/release/unknown-versions.ts";
import type { Control } from "../../lib/release/with-controls.ts";
import { colors } from "../colors.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { findPresentDatasets, NO_DATASET_LEFT } from "../find-present-datasets.ts";
import { GitContext } from "../git-context.ts";
import { out } from "../out.ts";
import { placeToWrite } from "../place-to-write.ts";
import { printProblems } from "../print-problems.ts";
import { printWarnings } from "../print-warnings.ts";
import { RUNTIME } from "../runtime.ts";
import { UsageError } from "../usage-error.ts";
import { baseComparison, branchBase, type FoundBase, openBranchState } from "./branch-base.ts";
import type { CheckReport } from "./check-report.ts";
import { checkUnpushed, checkUnreleased } from "./check-unreleased.ts";
import { checkedCounts } from "./checked-counts.ts";
import { fixFile } from "./fix-file.ts";
import { missingCardsNote } from "./missing-cards-note.ts";
import { type MissingDataset, missingDatasets } from "./missing-datasets.ts";
import { openPublishedStore, type PublishedStore } from "./published-store.ts";
import { releaseBase } from "./release-base.ts";
import { releaseAt } from "./releases-before.ts";
import { unusualFiles } from "./unusual-files.ts";

/** What `dataset.json` says of releases, against those of a store. */
async function checkControls(
  dataset: DatasetFolder,
  reader: PublishedStore["reader"],
  release: Control["release"],
): Promise<{ unknown: Problem[]; ended: Problem[] }> {
  const { catalogue } = await readCatalogueOrEmpty(reader, dataset.name);
  const unknown = unknownVersions(catalogue, { commit: null, date: null, release }).map((version) => ({
    file: DATASET_FILE,
    line: 0,
    column: 0,
    message: `${version} is not a release, so it cannot be withdrawn or removed`,
    remedy: "Use a version that releases.json lists.",
  }));
  return { unknown, ended: endedRemovals(catalogue, release) };
}

const NOT_RECORDED = "Git does not record releases: use --against STORE to compare with one";

/** The level of a change in one line, with the base; or the reason why nothing was compared. */
function changeLine(
  { change, dataset, notCompared }: CheckedChange,
  found: FoundBase | undefined,
  isReleased: boolean,
): string | undefined {
  const minimumVersion = dataset?.metadata.release?.version;
  if (notCompared !== undefined) return `not compared: ${notCompared}`;
  if (found?.base.kind === "new") {
    if (!isReleased) return `a new dataset: ${found.base.name} does not contain it`;
    return minimumVersion ? `next release ${minimumVersion}: the first` : undefined;
  }
  if (!change || found?.base.kind !== "known") return undefined;
  const { level, summary, base: name } = change;
  const { version } = found.base;
  const text = level === "none" ? "no change" : `${level}, ${summary}`;
  if (found.isParent) return `the last commit against ${name}: ${text}. ${NOT_RECORDED}`;
  if (!isReleased) return `working folder against ${name}: ${text}`;
  if (level === "none") return `no new release: no published content differs from ${name}`;
  return `${minimumVersion ? `next release ${nextVersion(version, level, minimumVersion)}: ` : ""}${level} against ${name}, ${summary}`;
}

/** On the published branch, a clean working folder equals its base. */
function withoutSelfComparison(checked: CheckedChange, found: FoundBase | undefined): CheckedChange {
  const { change, ...rest } = checked;
  if (found?.head === undefined || change?.base !== found.head || change.level !== "none") return checked;
  return {
    ...rest,
    notCompared: `the working folder equals HEAD, and HEAD is on ${found.head}. ${NOT_RECORDED}`,
  };
}

interface CheckOptions {
  format: string;
  against?: string;
  branch?: string;
  requireBase?: boolean;
  ended?: string[];
  fix?: boolean;
}

/** The result for one dataset. */
interface CheckResult {
  checked: CheckedChange;
  problems: Problem[];
  problemCount: number;
  /** The level of the change. */
  summary?: string;
  /** Why nothing, or not all, was compared. */
  notCompared?: string;
}

const checkCommits = (dataset: DatasetFolder, published: PublishedStore | undefined, git: GitContext) =>
  published ? checkUnreleased(dataset, published.reader, git) : checkUnpushed(dataset, git);

/** A dataset that the published branch releases and a store lacks: it is not new, and what it breaks is not known. */
async function lostCatalogue(dataset: DatasetFolder, { address }: PublishedStore, git: GitContext): Promise<Base | undefined> {
  const found = await git.repositoryOf(dataset.folder);
  const compared = found && (await baseComparison(found, git));
  // On the published branch itself, the first publish may be still to come.
  if (!compared || "unknown" in compared || compared.isHead) return undefined;
  const { commit, name } = compared;
  const { version } = await releaseAt(gitHistory(found.repository, commit, found.path), { id: commit, date: null, tree: null });
  if (version === undefined) return undefined;
  return { kind: "unknown", why: `${address} has no releases of ${dataset.name}, but ${name} releases it from ${version}` };
}

/** `published`: the store to compare with, instead of the published branch. */
async function checkFolder(dataset: DatasetFolder, published: PublishedStore | undefined, git: GitContext): Promise<CheckResult> {
  let found: FoundBase | undefined;
  if (!published) git.prepare(dataset.folder);
  const find: FindBase = async (open, now) => {
    const { release = {} } = now.dataset.metadata;
    const repository = () => git.repositoryOf(dataset.folder);
    const openBranch = () => openBranchState(dataset, git, open, now);
    if (published) {
      const base = await releaseBase(
        { dataset: dataset.name, reader: published.reader, repository, openBranch },
        published.address,
        release,
        open,
      );
      found = { base: base.kind === "new" ? ((await lostCatalogue(dataset, published, git)) ?? base) : base };
    } else found = await branchBase(dataset, git, open, now);
    return found.base;
  };
  const result = await checkChange(folderSource(dataset.folder), RUNTIME, { folder: dataset.name, findBase: find });
  const checked = withoutSelfComparison(result, found);
  const metadata = checked.dataset?.metadata;
  const controls = published && metadata ? await checkControls(dataset, published.reader, metadata.release ?? {}) : undefined;
  const pending = checked.problemCount > 0 ? undefined : await checkCommits(dataset, published, git);
  const problems = [
    ...checked.problems,
    ...(controls?.unknown ?? []),
    ...withoutRepetition(checked.change?.problems ?? [], pending?.problems ?? []),
  ];
  const problemCount = checked.problemCount + problems.length - checked.problems.length;
  const summary = [changeLine(checked, found, published !== undefined), pending?.summary].filter((line) => line !== undefined).join("; ");
  const notCompared = checked.notCompared ?? pending?.notCompared;
  return {
    ...{ checked: { ...checked, warnings: [...(checked.warnings ?? []), ...(controls?.ended ?? [])] }, problems, problemCount },
    ...(summary === "" ? {} : { summary: escapeControlChars(summary) }),
    ...(notCompared === undefined ? {} : { notCompared }),
  };
}

const warningsOf = ({ warnings = [], change }: CheckedChange): Problem[] => [...warnings, ...(change?.warnings ?? [])];

/** Problems of the working folder and, if it is the tip of the branch, of that commit, without duplicates. */
const withoutRepetition = (own: readonly Problem[], pending: readonly Problem[]): Problem[] => [
  ...own,
  ...pending.filter(({ message }) => !own.some((problem) => message.endsWith(problem.message))),
];

/** Reports a dataset that the folder lacks; returns its report, if it was checked. */
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
  const reports = missing.flatMap((one) => reportOneMissing(one, options) ?? []);
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
    // A draft has no readers yet.
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

/** With --fix, formats files; returns the files that are still not in the usual shape. */
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
    const verdict = await checkFolder(dataset, published, git);
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
