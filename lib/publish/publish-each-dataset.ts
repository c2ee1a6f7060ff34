import type { Store } from "../ports/ports.ts";
import { projectHome } from "../render/project-home.ts";
import type { Published } from "./publish-job.ts";
import { UndecidedError } from "./undecided-error.ts";

/** The results by dataset, and the failures. Callers report all results before they throw a failure. */
export interface PublishedEach {
  published: Map<string, Published>;
  failures: Map<string, Error>;
  /** Failure of `findEnded` or `recordEnds`. */
  endsFailure?: Error;
  /** Failure of the pages that belong to no dataset. */
  homeFailure?: Error;
  /** Failure of `signHead`. */
  headFailure?: Error;
}

/** All failures, those of datasets first. */
export const datasetPublishFailures = ({ failures, endsFailure, homeFailure, headFailure }: PublishedEach): Error[] =>
  [...failures.values(), endsFailure, homeFailure, headFailure].filter((failure) => failure !== undefined);

/** What publishing several datasets does. */
export interface PublishSteps {
  /** Returns the datasets to publish beside those named: the branch no longer contains them, but has commits to release. */
  findEnded?: () => Promise<string[]>;
  publish(name: string): Promise<Published>;
  logFailure(name: string, error: Error): void;
  /**
   * After the datasets: records which datasets the branch no longer contains. Not if `findEnded` failed, and not while a dataset of the branch
   * is refused or blocked: the commits that are squashed then may be those that delete another. `unfinished`: datasets that failed, or that
   * the next run continues.
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
      // Every failure is returned; the other datasets are still published, and so is what came before the failure.
      if (error instanceof UndecidedError && error.published) published.set(name, error.published);
      failures.set(name, error as Error);
      logFailure(name, error as Error);
    }
  // A dataset that the branch no longer contains cannot be corrected: it would keep all ends from being recorded.
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

/** The datasets with a release: a draft and a refused first commit have none, so the store does not list them. */
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
