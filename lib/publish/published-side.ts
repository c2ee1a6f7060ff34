import type { OpenSide } from "../build/comparisons.ts";
import { releaseSide, sourceSide } from "../build/release-side.ts";
import { FIRST_FORMATS } from "../contract/first-formats.ts";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import { PACKAGE_FILE } from "../contract/release-files.ts";
import { MissingCommitError } from "../ports/missing-commit-error.ts";
import { noChunks } from "../ports/no-chunks.ts";
import { readStoredPackage } from "../ports/read-stored.ts";
import { storedRelease } from "../ports/stored-release.ts";
import { removedReason } from "../release/removed-reason.ts";
import type { Package } from "../release/shape-changes.ts";
import { DamagedReleaseError } from "./damaged-release-error.ts";
import type { PublishJob } from "./publish-job.ts";
import { rethrowUndecided } from "./undecided-error.ts";

/**
 * Opens a listed release in the store. If its files were deleted because it was removed, its records come from its commit; without the
 * commit, it has no records. Other errors are rethrown.
 */
export const publishedSide =
  (job: PublishJob): OpenSide =>
  async ({ version, commit, date, layout = FIRST_LAYOUT, formats = FIRST_FORMATS }, catalogue, workspace) => {
    const what = `${job.dataset}/${version}`;
    const folder = storedRelease(job.store, what);
    if (removedReason(catalogue, version) === undefined) return releaseSide(folder, what);
    const stored = await folder.bytes(PACKAGE_FILE);
    if (!stored) throw new DamagedReleaseError(`${what}/datapackage.json is missing in the store`);
    const source = job.history.at({ id: commit, date, tree: null });
    const built = await sourceSide(source, job.runtime, workspace, { layout, mayHaveOverlookedProblems: true }).catch((error: unknown) => {
      if (error instanceof MissingCommitError) return undefined;
      // An incomplete check, or failed I/O.
      return rethrowUndecided(commit)(error);
    });
    const shape = {
      package: readStoredPackage<Package>("datapackage.json of the newest release", stored),
      schema: built?.shape.schema ?? {},
    };
    return { shape, license: built?.license ?? "", formats, read: built?.read ?? noChunks };
  };
