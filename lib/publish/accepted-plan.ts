import { isObject } from "../contract/is-object.ts";
import { PRIVATE_FOLDER } from "../contract/private-folder.ts";
import type { Commit } from "../ports/ports.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { parseStoredJson } from "../render/parse-stored-json.ts";
import type { PublishJob } from "./publish-job.ts";

type PlanJob = Pick<PublishJob, "dataset" | "store" | "runtime">;

/** The stored decision of a run to make the releases of all pending commits, up to `tip` and after the release `since`. */
interface PlanFile {
  generator: string;
  tip: string;
  since: string | null;
}

/**
 * The last decision to make all pending releases. If the run is interrupted, the releases that it made would change the decision on the
 * others: what they contain is published now, so a later commit may revert it.
 */
export class AcceptedPlan {
  readonly #job: PlanJob;
  readonly #key: string;

  constructor(job: PlanJob) {
    this.#job = job;
    this.#key = `${PRIVATE_FOLDER}/cursors/${job.dataset}.plan.json`;
  }

  async includes(tip: Commit, { releases }: Catalogue): Promise<boolean> {
    const stored = await this.#job.store.get(this.#key);
    const plan = stored && parseStoredJson(stored.bytes);
    if (!isObject<Record<keyof PlanFile, unknown>>(plan)) return false;
    const isContinued = plan.since === null || releases.some(({ version }) => version === plan.since);
    return plan.generator === this.#job.runtime.generator && plan.tip === tip.id && isContinued;
  }

  /** Records the decision. A concurrent publisher may win: it decides the same for the same tip. */
  async record(tip: Commit, { releases }: Catalogue): Promise<void> {
    if (tip.id === null) return;
    const plan: PlanFile = { generator: this.#job.runtime.generator, tip: tip.id, since: releases[0]?.version ?? null };
    const stored = await this.#job.store.get(this.#key);
    await this.#job.store.putIfMatch(this.#key, Buffer.from(`${JSON.stringify(plan)}\n`), stored?.etag ?? null);
  }
}
