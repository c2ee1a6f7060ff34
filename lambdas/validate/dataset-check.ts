import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { copySource } from "../../lib/adapters/folder/copy-source.ts";
import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { checkIsolated, type IsolatedCheck } from "../../lib/adapters/threads/isolated-check.ts";
import { type BranchState, lastValidState } from "../../lib/build/last-valid-state.ts";
import { declaredRelease } from "../../lib/check/declared-release.ts";
import { endSentence } from "../../lib/check/end-sentence.ts";
import { findEnd } from "../../lib/check/find-end.ts";
import { isEndAnnounced } from "../../lib/check/is-end-announced.ts";
import { unannouncedEnd } from "../../lib/check/unannounced-end.ts";
import { isDatasetName } from "../../lib/contract/dataset-name.ts";
import { ForgeError } from "../../lib/ports/forge-error.ts";
import type { Source } from "../../lib/ports/ports.ts";
import { TooManyRequestsError } from "../../lib/ports/too-many-requests-error.ts";
import { UnreadableSourceError } from "../../lib/ports/unreadable-source-error.ts";
import { hasControls } from "../../lib/release/has-controls.ts";
import { boundedSource } from "../bounded-source.ts";
import { errorFields } from "../error-fields.ts";
import { isMachineMessage, publicMessage } from "../public-message.ts";
import { SourceTooLargeError } from "../source-too-large-error.ts";
import { sourcesOf } from "../sources-of.ts";
import type { CheckContext, CheckedRepository } from "./check-context.ts";
import type { CheckedDataset } from "./checked-dataset.ts";
import type { ComparedTrees } from "./compared-trees.ts";
import { decidingReleases } from "./deciding-releases.ts";
import { notChecked } from "./not-checked.ts";
import { TooLargeForFunctionError } from "./too-large-for-function-error.ts";

/** Time reserved for reporting after all checks. */
const REPORT_SECONDS = 30;

/** The states of a dataset from the base back along the branch. */
async function* baseStates({ forge }: CheckedRepository, path: string, base: BranchState): AsyncGenerator<BranchState> {
  yield base;
  let [commit] = (await forge.commit(base.commit)).parents;
  while (commit !== undefined) {
    const { tree, parents } = await forge.commit(commit);
    yield { commit, folderId: await forge.folderId(tree, path) };
    [commit] = parents;
  }
}

/** Fetching takes longer than a check may. */
class FetchingTooLongError extends Error {
  override name = "FetchingTooLongError";
}

async function emptyFolders(folder: string, ...names: string[]): Promise<void> {
  for (const name of names) {
    await rm(join(folder, name), { recursive: true, force: true });
    await mkdir(join(folder, name), { recursive: true });
  }
}

/** Copies a base. Returns a problem if it contains a file that is not allowed, such as a link. */
async function copyBase(source: Source, folder: string): Promise<string | undefined> {
  try {
    await copySource(source, folder);
    return undefined;
  } catch (error) {
    // Errors about limits name no file: a larger dataset may have been released.
    if (error instanceof UnreadableSourceError && error.path !== undefined) return error.message;
    throw error;
  }
}

/** Copies of the releases that determine the base of a change, or the reason why they are unknown. */
interface CopiedReleases extends Pick<IsolatedCheck, "releases"> {
  unknown: string;
}

type CheckAttempt = (state: { commit: string; folderId: string }, name: string) => Promise<CheckedDataset>;

/** The check of a dataset at a commit, in a folder of its own. */
export class DatasetCheck {
  readonly #repository: CheckedRepository;
  readonly #dataset: string;
  readonly #context: CheckContext;
  /** Path of the dataset from the root of the repository. */
  readonly #path: string;
  /** Folder for copies of its files. */
  readonly #folder: string;

  constructor(repository: CheckedRepository, dataset: string, context: CheckContext) {
    this.#repository = repository;
    this.#dataset = dataset;
    this.#context = context;
    this.#path = `${repository.dataFolder}/${dataset}`;
    this.#folder = join(context.folder, dataset);
  }

  /** Fetches the dataset at a commit and at its base, and checks it. */
  async run(comparison: ComparedTrees): Promise<CheckedDataset> {
    const { forge } = this.#repository;
    if (this.#secondsToCheck < 1)
      return this.#context.onTooLarge(this.#dataset, "Not checked: the datasets before it took too long. Split the change");
    if (!isDatasetName(this.#dataset))
      return notChecked(this.#dataset, "The folder's name is not a dataset name: use lower-case letters, digits and hyphens");
    const now = await forge.folderId(comparison.tree, this.#path);
    const before = comparison.base === null ? null : await forge.folderId(comparison.base, this.#path);
    try {
      return now === null ? await this.#checkDeleted(comparison.tree, before) : await this.#checkPresent(now, before, comparison);
    } catch (error) {
      // Errors of the forge, of AWS and of the machine are rethrown. Any other error is the verdict on this dataset.
      return this.#failed(error);
    } finally {
      await rm(this.#folder, { recursive: true, force: true });
    }
  }

  async #checkPresent(now: string, before: string | null, { commit, base, baseCommit }: ComparedTrees): Promise<CheckedDataset> {
    await mkdir(this.#at("now"), { recursive: true });
    await copySource(this.#source(now, commit), this.#at("now"));
    if (base === null) return this.#checkAlone(`it shares no commit with ${this.#repository.branch}`);
    if (before === null || baseCommit === undefined) return this.#checkCopied({});
    return this.#checkAgainst({ commit: baseCommit, folderId: before });
  }

  /** Checks the copy in the folder `now` against the state of the base or, if that has problems, an earlier one. */
  async #checkAgainst(base: BranchState & { folderId: string }): Promise<CheckedDataset> {
    const name = this.#repository.branch;
    let releases: Partial<CopiedReleases> | undefined;
    const checked = await lastValidState<CheckedDataset>(baseStates(this.#repository, this.#path, base), {
      name,
      attempt: this.#whileTimeIsLeft(async ({ commit, folderId }, name) => {
        await emptyFolders(this.#folder, "before");
        const problem = await copyBase(this.#source(folderId, commit), this.#at("before"));
        if (problem !== undefined) return { ...(await this.#checkAlone(`${name} has problems itself: ${problem}`)), isBaseInvalid: true };
        // A base with problems may hide withdrawals, which an earlier state may show.
        if (releases?.releases === undefined) releases = await this.#copyReleases(base.commit);
        const { unknown, ...known } = releases;
        if (unknown !== undefined) return this.#checkAlone(unknown);
        return this.#checkCopied({ base: { folder: this.#at("before"), name }, ...known });
      }),
      isInvalid: ({ isBaseInvalid }) => isBaseInvalid === true,
    });
    return checked as CheckedDataset;
  }

  async #checkAlone(notCompared: string): Promise<CheckedDataset> {
    return { ...(await this.#checkCopied({})), notCompared };
  }

  /** Checks the copy in the folder `now`. */
  async #checkCopied(compared: Pick<IsolatedCheck, "base" | "releases">): Promise<CheckedDataset> {
    const { deadlineSeconds, heapMB, worker, onTooLarge } = this.#context;
    await emptyFolders(this.#folder, "work");
    const seconds = this.#secondsToCheck;
    if (seconds < 1) throw new FetchingTooLongError("Not checked: fetching its files took too long");
    const check = {
      ...compared,
      folder: this.#at("now"),
      name: this.#dataset,
      temporary: this.#at("work"),
      deadlineSeconds: Math.min(deadlineSeconds, seconds),
      heapMB,
    };
    const { over, ...result } = await checkIsolated(check, worker);
    return over ? onTooLarge(this.#dataset, over.message, over.remedy) : { dataset: this.#dataset, ...result };
  }

  /** Copies the base of the change in the folder `now`, if withdrawals or removals in `now` or `before` determine it. */
  async #copyReleases(baseCommit: string): Promise<Partial<CopiedReleases>> {
    const release = await declaredRelease(folderSource(this.#at("now")));
    const before = await declaredRelease(folderSource(this.#at("before")));
    if (!hasControls(release) && !hasControls(before)) return {};
    const change = { dataset: this.#dataset, path: this.#path, release, baseCommit };
    const found = await decidingReleases(this.#repository, change, this.#context);
    if (typeof found === "string") return { unknown: found };
    if (!found) return {};
    const folders: Record<string, string> = {};
    for (const [version, folderId] of found.folderIds) {
      const at = join(this.#folder, "releases", version);
      await emptyFolders(at, ".");
      await copySource(this.#source(folderId), at);
      folders[version] = at;
    }
    return { releases: { catalogue: found.catalogue, folders } };
  }

  /** The verdict on a dataset that a commit deletes: its authors must declare its end. */
  async #checkDeleted(tree: string, before: string | null): Promise<CheckedDataset> {
    const dataset = this.#dataset;
    const nothing = { dataset, problems: [], problemCount: 0, records: new Map<string, number>() };
    if (before === null) return nothing;
    const { forge, branch, dataFolder } = this.#repository;
    const names = [...(await forge.folderIds(tree, dataFolder)).keys()].filter(isDatasetName);
    const source = (folderId: string): Source => this.#source(folderId);
    const folderId = (root: string, path: string): Promise<string | null> => forge.folderId(root, path);
    const present = sourcesOf({ forge: { folderId, source }, dataFolder }, tree, names, this.#context.limits);
    const end = await findEnd(dataset, source(before), present);
    if (isEndAnnounced(end)) return { ...nothing, end: endSentence(end) };
    const { message, remedy } = unannouncedEnd(dataset, branch);
    return { ...notChecked(dataset, `${dataset} ${message}`, remedy), end: message };
  }

  /** The verdict if the check threw an error. Errors of the forge, of AWS and of the machine are rethrown, to be retried. */
  #failed(error: unknown): CheckedDataset {
    const isOfAws = (error as { $metadata?: object }).$metadata !== undefined;
    if (error instanceof ForgeError || error instanceof TooLargeForFunctionError || isOfAws || isMachineMessage(error as Error))
      throw error;
    const isBeyond = [SourceTooLargeError, FetchingTooLongError, TooManyRequestsError].some((kind) => error instanceof kind);
    if (isBeyond) return this.#context.onTooLarge(this.#dataset, (error as Error).message);
    if (error instanceof UnreadableSourceError) return notChecked(this.#dataset, error.message);
    this.#context.log("check failed", errorFields(error));
    return notChecked(this.#dataset, `The check failed: ${publicMessage(error as Error)}`);
  }

  #at(name: string): string {
    return join(this.#folder, name);
  }

  /**
   * The files of a dataset, within the limits of a check. Reading fails when only the time for reporting is left. `commit`: a commit that
   * contains this folder; without one, no archive is fetched.
   */
  #source(folderId: string, commit?: string): Source {
    const { limits, functionLimits } = this.#context;
    const secondsLeft = (): number => this.#secondsToCheck;
    const folder = commit === undefined ? undefined : { commit, path: this.#path, secondsLeft };
    const all = this.#repository.forge.source(folderId, limits, folder);
    const source = functionLimits ? boundedSource(all, functionLimits) : all;
    return {
      list: () => source.list(),
      async *read(path) {
        if (secondsLeft() <= 0) throw new FetchingTooLongError("Not checked: fetching its files took too long");
        yield* source.read(path);
      },
    };
  }

  /** Maximum time for the check, which leaves enough to report. */
  get #secondsToCheck(): number {
    return this.#context.secondsLeft() - REPORT_SECONDS;
  }

  /**
   * Always tries the state of the base, and earlier states only while twice the time of the last attempt is left. Otherwise the change is
   * checked without a comparison.
   */
  #whileTimeIsLeft(attempt: CheckAttempt): (...state: Parameters<CheckAttempt>) => Promise<CheckedDataset | undefined> {
    const { secondsLeft, log } = this.#context;
    let lastSeconds: number | undefined;
    return async (...state) => {
      if (lastSeconds !== undefined && this.#secondsToCheck < 2 * lastSeconds) return undefined;
      const before = secondsLeft();
      try {
        return await attempt(...state);
      } catch (error) {
        if (lastSeconds === undefined || !(error instanceof FetchingTooLongError || error instanceof TooManyRequestsError)) throw error;
        log("no earlier state is tried", errorFields(error));
        return undefined;
      } finally {
        lastSeconds = before - secondsLeft();
      }
    };
  }
}
