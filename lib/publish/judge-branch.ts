import type { Aliases, Store } from "../ports/ports.ts";
import { planWalk, type WalkPlan } from "./plan-walk.ts";
import { Run } from "./publish-run.ts";
import type { Finding, Publishing } from "./publishing.ts";
import { surveyBranch } from "./survey-branch.ts";

/** What publishing a branch would come to. */
export interface BranchVerdict {
  /** Commits after the newest release. */
  commits: number;
  /** The newest release; null where there is none. */
  since: string | null;
  /** Why the branch adds nothing at all. */
  stop?: Finding;
  plan?: WalkPlan;
}

const refuse = (): never => {
  throw new Error("A check writes nothing");
};

const readOnly = (reader: Pick<Store, "get" | "read">): Store => ({
  get: (key) => reader.get(key),
  read: (key) => reader.read(key),
  list: refuse,
  putIfAbsent: refuse,
  putIfMatch: refuse,
});

const NO_ALIASES: Aliases = { etag: refuse, get: refuse, list: refuse, update: refuse };

/** Judges all commits that publishing would look at, in thought: nothing is written. */
export async function judgeBranch(
  job: Omit<Publishing, "store" | "aliases"> & { store: Pick<Store, "get" | "read"> },
): Promise<BranchVerdict> {
  const run = new Run({ ...job, store: readOnly(job.store), aliases: NO_ALIASES, runtime: { ...job.runtime, say: () => {} } });
  const survey = await surveyBranch(run.job, { useCursor: false });
  const found = { commits: survey.commits.length, since: survey.catalogue.releases[0]?.version ?? null };
  if (survey.stop) return { ...found, stop: survey.stop };
  for (const { id } of survey.commits) run.walked.add(id);
  return { ...found, plan: await planWalk(run, survey) };
}
