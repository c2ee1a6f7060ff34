import type { Store } from "../ports/ports.ts";
import type { CatalogueEntry } from "../release/catalogue.ts";
import { projectDataset, projectHome } from "../render/project-dataset.ts";
import { planWalk } from "./plan-walk.ts";
import { writeCursor } from "./publish-cursor.ts";
import { type Round, round } from "./publish-round.ts";
import { Run } from "./publish-run.ts";
import type { Finding, Published, Publishing } from "./publishing.ts";
import { putPublicKey } from "./put-release.ts";
import { surveyBranch } from "./survey-branch.ts";

/** Maximum rounds in a row in which somebody else was first. */
const CONFLICTS = 100;

/** Publishes what the branch holds beyond the newest release, then projects pages and aliases. Running it again adds nothing. */
export async function publishDataset(job: Publishing): Promise<Published> {
  const run = new Run(job);
  try {
    if (job.signer) await putPublicKey(job.store, job.signer);
    const { last, released, passedOver, warnings } = await allRounds(run);
    const catalogue = await projectDataset(job.store, job.aliases, job.dataset);
    if (last?.cursor) await writeCursor(job, last.cursor.catalogue, last.cursor.at);
    return {
      released,
      passedOver,
      warnings,
      catalogue,
      more: last?.next !== "done",
      ...(last?.refused ? { refused: last.refused } : {}),
      ...(last?.held ? { held: last.held } : {}),
      walked: { commits: run.walked.size, since: run.since ?? null },
    };
  } finally {
    await run.builds.close();
  }
}

/** What publishing would come to, as far as it can be told without putting anything. */
export async function judgeBranch(
  job: Publishing,
): Promise<Pick<Published, "passedOver" | "warnings" | "catalogue" | "refused" | "held" | "walked">> {
  const run = new Run(job);
  try {
    const survey = await surveyBranch(job, { useCursor: false });
    const { catalogue, commits, stop } = survey;
    for (const { id } of commits) run.walked.add(id);
    const walked = { commits: commits.length, since: catalogue.releases[0]?.version ?? null };
    if (stop) return { passedOver: [stop], warnings: [], catalogue, walked, ...(stop.kind === "refused" ? { refused: stop } : {}) };
    const { passedOver, refused, held } = await planWalk(run, survey);
    return { passedOver, warnings: [], catalogue, walked, ...(refused ? { refused } : {}), ...(held ? { held } : {}) };
  } finally {
    await run.builds.close();
  }
}

async function allRounds(run: Run): Promise<{ last?: Round; released: CatalogueEntry[]; passedOver: Finding[]; warnings: Finding[] }> {
  const { dataset, maxReleases = Number.POSITIVE_INFINITY } = run.job;
  const released: CatalogueEntry[] = [];
  const passedOver = new Map<string, Finding>();
  const warnings = new Map<string, Finding>();
  let last: Round | undefined;
  for (let conflicts = 0; last?.next !== "done" && released.length < maxReleases; ) {
    last = await round(run);
    for (const item of last.passedOver) passedOver.set(`${item.commit} ${item.why}`, item);
    for (const item of last.warnings) warnings.set(`${item.commit} ${item.why}`, item);
    if (last.released) released.push(last.released);
    conflicts = last.next === "again" ? conflicts + 1 : 0;
    if (conflicts > CONFLICTS) throw new Error(`Others published ${dataset} ${CONFLICTS} times in a row before this run could`);
  }
  return { ...(last ? { last } : {}), released, passedOver: [...passedOver.values()], warnings: [...warnings.values()] };
}

/** What became of each dataset, and of the signed head. Callers throw each failure once they have reported all results. */
export interface PublishedEach {
  published: Map<string, Published>;
  failures: Map<string, Error>;
  headFailure?: Error;
}

/**
 * Publishes datasets one after the other, then the pages above them; one that fails does not keep the others waiting. `signHead`
 * comes last: a signed head never says more than readers can get.
 */
export async function publishEach(
  store: Store,
  names: readonly string[],
  publish: (name: string) => Promise<Published>,
  sayFailed: (name: string, error: Error) => void,
  signHead?: () => Promise<void>,
): Promise<PublishedEach> {
  const published = new Map<string, Published>();
  const failures = new Map<string, Error>();
  for (const name of names)
    try {
      published.set(name, await publish(name));
    } catch (error) {
      // Every failure is returned; the other datasets are published all the same.
      failures.set(name, error as Error);
      sayFailed(name, error as Error);
    }
  await projectHome(store, [...published.keys()]);
  try {
    await signHead?.();
  } catch (error) {
    // Returned, so that callers can still report what became of the datasets.
    return { published, failures, headFailure: error as Error };
  }
  return { published, failures };
}
