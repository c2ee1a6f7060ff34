import type { Store } from "../ports/ports.ts";
import { projectHome } from "../render/project-home.ts";
import type { Published } from "./publish-job.ts";
import { UndecidedError } from "./undecided-error.ts";

/** The results and failures by dataset. Callers report all results before they throw a failure. */
export interface PublishedEach {
  published: Map<string, Published>;
  failures: Map<string, Error>;
  /** Failure of `findEnded` or `recordEnds`. */
  endsFailure?: Error;
  /** Failure to write the pages that belong to no dataset. */
  homeFailure?: Error;
  /** Failure of `signHead`. */
  headFailure?: Error;
}

/** All failures, starting with those of datasets. */
export const datasetPublishFailures = ({ failures, endsFailure, homeFailure, headFailure }: PublishedEach): Error[] =>
  [...failures.values(), endsFailure, homeFailure, headFailure].filter((failure) => failure !== undefined);

/** The steps of publishing several datasets. */
export interface PublishSteps {
  /** Returns additional datasets to publish: the branch no longer contains them, but has unreleased commits of them. */
  findEnded?: () => Promise<string[]>;
  publish(name: string): Promise<Published>;
  logFailure(name: string, error: Error): void;
  /**
   * Runs after the datasets, and records which datasets the branch no longer contains. Skipped if `findEnded` failed, or while a dataset of
   * the branch is refused or blocked: its author may squash commits, including one that deletes another dataset. `unfinished`: datasets
   * that failed, or that the next run continues.
   */
  recordEnds?: (unfinished: ReadonlySet<string>) => Promise<void>;
  /** Runs last, so that the signed head never names a state that readers cannot get yet. */
  signHead?: () => Promise<void>;
}

/** Publishes datasets one after the other, then the pages that belong to no dataset. A failure does not stop the others. */
export async function publishEachDataset(
  store: Store,
  names: readonly string[],
  { findEnded, publish, logFailure, recordEnds, signHead }: PublishSteps,
): Promise<PublishedEach> {
  const published = new Map<string, Published>();
  const failures = new Map<string, Error>();
  let ended: string[] = [];
  const findFailure = await failureOf(async () => {
    ended = (await findEnded?.()) ?? [];
  });
  for (const name of new Set([...names, ...ended]))
    try {
      published.set(name, await publish(name));
    } catch (error) {
      // Every failure is returned. The other datasets, and what was published before the failure, are still reported.
      if (error instanceof UndecidedError && error.published) published.set(name, error.published);
      failures.set(name, error as Error);
      logFailure(name, error as Error);
    }
  // A dataset that the branch no longer contains cannot be corrected, so its refusal must not keep ends from being recorded.
  const isRefused = [...published].some(([name, { refused, blocked }]) => !ended.includes(name) && (refused ?? blocked) !== undefined);
  const unfinished = new Set([...failures.keys(), ...[...published].flatMap(([name, { more }]) => (more ? [name] : []))]);
  const endsFailure = findFailure ?? (isRefused ? undefined : await failureOf(() => recordEnds?.(unfinished)));
  const homeFailure = await failureOf(() => projectHome(store, released(published)));
  const headFailure = await failureOf(signHead);
  return {
    ...{ published, failures },
    ...(endsFailure ? { endsFailure } : {}),
    ...(homeFailure ? { homeFailure } : {}),
    ...(headFailure ? { headFailure } : {}),
  };
}

/** The datasets with a release. The store does not list the others: drafts, and datasets whose first commit was refused. */
const released = (published: ReadonlyMap<string, Published>): string[] =>
  [...published].flatMap(([name, { catalogue }]) => (catalogue.releases.length > 0 ? [name] : []));

async function failureOf(step: (() => Promise<void> | undefined) | undefined): Promise<Error | undefined> {
  try {
    await step?.();
  } catch (error) {
    // Every failure is returned, so that callers can still report the results of the datasets.
    return error as Error;
  }
  return undefined;
}
