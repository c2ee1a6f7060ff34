import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { FIRST_LAYOUT, LAYOUT } from "../contract/layout.ts";
import { PACKAGE_FILE } from "../contract/release-files.ts";
import type { Store } from "../ports/ports.ts";
import { storedRelease } from "../ports/stored-release.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import type { Verified } from "./nothing-verified.ts";
import { parseVerifiedJson } from "./parse-verified-json.ts";
import type { ReleaseCommits } from "./release-commits.ts";
import { type RebuildSetup, type Replay, withReplay } from "./replay.ts";
import { VerificationError } from "./verification-error.ts";

const GENERATOR_NAME = /^factpress (.+)$/;

/** The version of Factpress that built a release, according to datapackage.json. */
async function generatorOf({ store, catalogue }: Replay, version: string): Promise<string> {
  const at = `${catalogue.dataset}/${version}`;
  const about = await storedRelease(store, at).bytes(PACKAGE_FILE);
  if (!about) throw new VerificationError(`${at}/${PACKAGE_FILE}`, "is missing");
  return GENERATOR_NAME.exec(String(parseVerifiedJson(`${at}/${PACKAGE_FILE}`, about)["generator"]))?.[1] ?? "an unknown version";
}

/** Rebuilds one release and compares it. Returns whether it could be compared. */
async function verifyOne(replay: Replay, index: number, from: number, result: Verified): Promise<boolean> {
  const { version, layout = FIRST_LAYOUT } = replay.catalogue.releases[index] as CatalogueEntry;
  const generator = await generatorOf(replay, version);
  const other = `${version} was built by factpress ${generator}, but this is ${replay.runtime.generator}: rebuild it with that version.`;
  if (layout > LAYOUT) {
    result.uncompared.push(other);
    return false;
  }
  const replayed = await replay.release(index, { from, generator });
  if (!replayed) {
    result.uncompared.push(`${version} was compared with a release whose files were removed and cannot be rebuilt.`);
    return false;
  }
  const { difference } = replayed;
  if (difference && generator === replay.runtime.generator) throw difference;
  if (difference) result.uncompared.push(other);
  else if (generator !== replay.runtime.generator)
    result.notes.push(`${version} says that factpress ${generator} built it; ${replay.runtime.generator} builds the same files.`);
  return !difference;
}

/** Throws if git has a release that is missing in the catalogue. */
async function verifyTip(replay: Replay, from: number): Promise<void> {
  const missing = await replay.tip(from);
  if (missing)
    throw new VerificationError(
      catalogueObjectKey(replay.catalogue.dataset),
      `lacks a release of commit ${missing.commit}, which the rebuild from git has as ${missing.version}: it was dropped, or has not been published yet`,
    );
}

function reportUnavailable({ lost, withoutCommit }: ReleaseCommits, result: Verified): void {
  if (lost.length > 0) result.uncompared.push(`History was rewritten: the branch no longer contains the commits of ${lost.join(", ")}.`);
  if (withoutCommit.length > 0)
    result.uncompared.push(`${withoutCommit.join(", ")} was made from a folder without git: there is no commit to rebuild it from.`);
}

async function verifyAll(replay: Replay, result: Verified): Promise<void> {
  const { catalogue, releaseCommits } = replay;
  reportUnavailable(releaseCommits, result);
  let from = -1;
  let compared = 0;
  for (let i = catalogue.releases.length - 1; i >= 0; i -= 1) {
    const at = releaseCommits.found.get((catalogue.releases[i] as CatalogueEntry).version);
    if (at === undefined) continue;
    if (await verifyOne(replay, i, from, result)) compared += 1;
    from = at;
  }
  if (releaseCommits.withoutCommit.length === 0) await verifyTip(replay, from);
  if (compared === 0 && result.uncompared.length === 0) result.uncompared.push("No release was rebuilt: the catalogue lists none.");
}

/**
 * Publishes every release again from git without writing, and compares: files, version, date, level, breaks, withdrawals, removals and
 * commits. The catalogue must contain every release that git has.
 */
export const verifyRebuilt = (
  store: Pick<Store, "get" | "read">,
  catalogue: Catalogue,
  rebuilding: RebuildSetup,
  result: Verified,
): Promise<void> => withReplay(rebuilding, store, catalogue, (replay) => verifyAll(replay, result));
