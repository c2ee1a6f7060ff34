import { openBase } from "../build/open-base.ts";
import type { OpenSide } from "./comparisons.ts";
import type { PublishJob } from "./publish-job.ts";

/** Opens a release by its commit. */
export const committedSide =
  ({ history, runtime }: Pick<PublishJob, "history" | "runtime">): OpenSide =>
  async ({ version, commit, date }, _catalogue, workspace) => {
    const base = await openBase(version, history.at({ id: commit, date, tree: null }), runtime, workspace);
    if (base.kind !== "known") throw new Error(`Commit ${commit} passed its checks before, and fails them now`);
    return base.side;
  };
