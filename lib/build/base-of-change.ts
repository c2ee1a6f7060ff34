import type { Workspace } from "../ports/ports.ts";
import type { BaseAfterControls } from "../release/base-after-controls.ts";
import type { CatalogueEntry } from "../release/catalogue.ts";
import type { Base, OpenWorkspace } from "./check-change.ts";
import { Comparisons } from "./comparisons.ts";
import { reinstatementProblems } from "./reinstatement-problems.ts";

interface Contents {
  openEntry(entry: CatalogueEntry, workspace: Workspace): Promise<Base>;
  /** The branch before the change; undefined if there is none: the newest release then takes its place. */
  openBranch(): Promise<Base | undefined>;
}

/** A release that cannot be opened for a comparison. */
class UnknownReleaseError extends Error {
  override name = "UnknownReleaseError";
}

/** Opens the release that a change is compared with, and finds problems that prevent the change from ending a withdrawal. */
export async function baseOfChange(found: BaseAfterControls, { openEntry, openBranch }: Contents, open: OpenWorkspace): Promise<Base> {
  const { entry, newest, catalogue, reinstated, mayKeepContent } = found;
  const openSide: Comparisons["side"] = async (listed) => {
    const base = await openEntry(listed, await open());
    if (base.kind !== "known") throw new UnknownReleaseError(base.kind === "unknown" ? base.why : `${base.name} lacks it`);
    return base.side;
  };
  try {
    const problems = await reinstatementProblems(catalogue, reinstated, new Comparisons({ openSide, openWorkspace: open }));
    const base = await openEntry(entry, await open());
    // Earlier states of the branch do not help.
    if (base.kind === "unknown") return { kind: "unknown", why: base.why };
    if (base.kind !== "known") return base;
    const branch = mayKeepContent ? await openBranch() : undefined;
    if (branch?.kind === "unknown" && !branch.isInvalid) return branch;
    const { name, side } = branch?.kind === "known" ? branch : { name: newest.version, side: undefined };
    const kept = mayKeepContent && branch?.kind !== "new" ? { kept: { name, side: side ?? (await openSide(newest, catalogue)) } } : {};
    return { ...base, version: newest.version, problems, ...kept };
  } catch (error) {
    if (error instanceof UnknownReleaseError) return { kind: "unknown", why: error.message };
    throw error;
  }
}
