import { gitHistory } from "../../lib/adapters/git/git-history.ts";
import { type Base, type CheckedChange, checkChange, type FindBase } from "../../lib/build/check-change.ts";
import { DATASET_FILE } from "../../lib/contract/dataset-files.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import type { Problem } from "../../lib/diagnostics/problem.ts";
import { readCatalogueOrEmpty } from "../../lib/ports/read-catalogue.ts";
import { endedRemovalProblems } from "../../lib/publish/ended-removal-problems.ts";
import { nextVersion } from "../../lib/release/next-version.ts";
import { unknownVersions } from "../../lib/release/unknown-versions.ts";
import type { Control } from "../../lib/release/with-controls.ts";
import type { DatasetInGit } from "../dataset-in-git.ts";
import { RUNTIME } from "../runtime.ts";
import { BranchBase, type FoundBase } from "./branch-base.ts";
import { checkUnpushed, checkUnreleased } from "./check-unreleased.ts";
import type { PublishedStore } from "./published-store.ts";
import { releaseBase } from "./release-base.ts";
import { declaredReleaseAt } from "./releases-before.ts";

/** The result for one dataset. */
export interface CheckResult {
  checked: CheckedChange;
  problems: Problem[];
  problemCount: number;
  /** The level of the change. */
  summary?: string;
  /** Why nothing, or not everything, was compared. */
  notCompared?: string;
}

/** Checks a dataset of the working folder. `published`: the store to compare with, instead of the published branch. */
export async function checkFolder(dataset: DatasetInGit, published: PublishedStore | undefined): Promise<CheckResult> {
  let found: FoundBase | undefined;
  if (!published) dataset.prepare();
  const findBase: FindBase = async (open, now) => {
    const branch = new BranchBase(dataset, now, open);
    if (!published) found = await branch.find();
    else {
      const repository = () => dataset.repository();
      const releases = { dataset: dataset.name, reader: published.reader, repository, openBranch: () => branch.content(), open };
      const base = await releaseBase(releases, now.dataset.metadata.release ?? {});
      found = { base: base ?? (await baseWithoutCatalogue(dataset, published.address)) };
    }
    return found.base;
  };
  const result = await checkChange(dataset.source(), RUNTIME, { folder: dataset.name, findBase });
  const checked = withoutSelfComparison(result, found);
  const metadata = checked.dataset?.metadata;
  const controls = published && metadata ? await checkControls(dataset, published.reader, metadata.release ?? {}) : undefined;
  const pending = checked.problemCount > 0 ? undefined : await checkCommits(dataset, published);
  const problems = [
    ...checked.problems,
    ...(controls?.unknown ?? []),
    ...withoutRepetition(checked.change?.problems ?? [], pending?.problems ?? []),
  ];
  const problemCount = checked.problemCount + problems.length - checked.problems.length;
  const summary = [changeLine(checked, found, published !== undefined), pending?.summary].filter((line) => line !== undefined).join("; ");
  const notCompared = checked.notCompared ?? pending?.notCompared;
  return {
    checked: { ...checked, warnings: [...(checked.warnings ?? []), ...(controls?.ended ?? [])] },
    problems,
    problemCount,
    ...(summary === "" ? {} : { summary: escapeControlChars(summary) }),
    ...(notCompared === undefined ? {} : { notCompared }),
  };
}

/** The base if the store has no releases of a dataset. Unknown if the published branch would already release it. */
async function baseWithoutCatalogue(dataset: DatasetInGit, address: string): Promise<Base> {
  const published = await dataset.published();
  // On the published branch itself, the first publish may be still to come.
  if ("unknown" in published || published.isHead) return { kind: "new", name: address };
  const { repository, path, commit, name } = published;
  const { version } = await declaredReleaseAt(gitHistory(repository, commit, path), { id: commit, date: null, tree: null });
  if (version === undefined) return { kind: "new", name: address };
  return { kind: "unknown", why: `${address} has no releases of ${dataset.name}, but ${name} releases it from ${version}` };
}

const checkCommits = (dataset: DatasetInGit, published: PublishedStore | undefined) =>
  published ? checkUnreleased(dataset, published.reader) : checkUnpushed(dataset);

/** Compares the `release` block of `dataset.json` with the releases of a store. */
async function checkControls(
  dataset: DatasetInGit,
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
  return { unknown, ended: endedRemovalProblems(catalogue, release) };
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

/** Reports a comparison as not made if the working folder is clean and equals its base, the tip of the published branch. */
function withoutSelfComparison(checked: CheckedChange, found: FoundBase | undefined): CheckedChange {
  const { change, ...rest } = checked;
  if (found?.head === undefined || change?.base !== found.head || change.level !== "none") return checked;
  return {
    ...rest,
    notCompared: `the working folder equals HEAD, and HEAD is on ${found.head}. ${NOT_RECORDED}`,
  };
}

/** Problems of the working folder and, if it is the tip of the branch, of its commit, without duplicates. */
const withoutRepetition = (own: readonly Problem[], pending: readonly Problem[]): Problem[] => [
  ...own,
  ...pending.filter(({ message }) => !own.some((problem) => message.endsWith(problem.message))),
];
