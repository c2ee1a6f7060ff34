import { expect, it } from "vitest";
import { releaseBase } from "../../../bin/commands/release-base.ts";
import { type Catalogue, catalogueText, emptyCatalogue } from "../../../lib/release/catalogue.ts";

const COMMIT = "a".repeat(40);

/** The base of a change to a dataset whose only release was removed, outside of its repository. */
async function baseOf(commit: string | null) {
  const catalogue: Catalogue = {
    ...emptyCatalogue("d"),
    releases: [{ version: "1.0.0", date: null, commit, level: "major", manifest: "0".repeat(64) }],
    removed: [{ version: "1.0.0", reason: "private data", commit: null, date: null }],
  };
  const get = async () => ({ bytes: Buffer.from(catalogueText(catalogue)), etag: "1" });
  const fail = (): never => {
    throw new Error("Nothing else may be read");
  };
  const releases = {
    dataset: "d",
    reader: { get, read: fail },
    repository: async () => undefined,
    openBranch: fail,
    open: async () => fail,
  };
  return releaseBase(releases as never, { removed: [{ version: "1.0.0", reason: "private data" }] });
}

// The files of a removed release may be gone: taking the dataset for a new one would release any change.
it.each([COMMIT, null])("does not compare with a removed release whose commit %s is not here", async (commit) => {
  expect(await baseOf(commit)).toEqual({
    kind: "unknown",
    why: "1.0.0 was removed, and this clone lacks its commit",
  });
});
