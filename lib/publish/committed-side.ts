import type { OpenSide } from "../build/comparisons.ts";
import { sourceSide } from "../build/release-side.ts";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import type { PublishJob } from "./publish-job.ts";
import { rethrowUndecided } from "./undecided-error.ts";

/** Opens a release by building its commit. Throws `UndecidedError`. */
export const committedSide =
  ({ history, runtime }: Pick<PublishJob, "history" | "runtime">): OpenSide =>
  async ({ commit, date }, _catalogue, workspace) => {
    const source = history.at({ id: commit, date, tree: null });
    // An incomplete check is no verdict.
    const side = await sourceSide(source, runtime, workspace, { layout: FIRST_LAYOUT }).catch(rethrowUndecided(commit));
    if (!side) throw new Error(`Commit ${commit} passed its checks before but fails them now`);
    return side;
  };
