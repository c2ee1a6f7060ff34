import { createHash } from "node:crypto";
import { PACKAGE_FILE } from "../contract/release-files.ts";
import type { Hashed } from "../release/manifest-text.ts";
import { KEPT_FILES, tombstoneText } from "../release/tombstone-text.ts";
import type { Verified } from "./nothing-verified.ts";
import { parseVerifiedJson } from "./parse-verified-json.ts";
import { readManifest } from "./read-manifest.ts";
import type { ReleaseContents, ReleaseFiles } from "./release-contents.ts";
import { VerificationError } from "./verification-error.ts";

/** The number of files and bytes that were hashed. */
export type Tally = Pick<Verified, "files" | "bytes">;

async function hashFile({ folder, at }: ReleaseFiles, name: string, tally: Tally): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of folder.read(name)) {
      hash.update(chunk);
      tally.bytes += chunk.length;
    }
  } catch (error) {
    // Only a missing file means that the release is damaged.
    if ((await folder.bytes(name)) === undefined) throw new VerificationError(`${at}${name}`, "is missing");
    throw error;
  }
  tally.files += 1;
  return hash.digest("hex");
}

/** Whether a file was replaced by its tombstone. */
async function isReplacedByTombstone({ folder, removal }: ReleaseFiles, name: string): Promise<boolean> {
  if (!removal || KEPT_FILES.includes(name)) return false;
  const found = await folder.bytes(name);
  // The edge answers 410 for every file of a removed release.
  return found === undefined || removal.reasons.some((reason) => Buffer.from(tombstoneText(removal.version, reason)).equals(found));
}

/** Checks every file of a release against SHA256SUMS, and that datapackage.json lists the same hashes. */
export async function verifyFiles(release: ReleaseFiles, tally: Tally): Promise<ReleaseContents> {
  const { at, folder, removal } = release;
  const { manifest, files } = await readManifest(release);
  for (const { name, sha256: expected } of files) {
    if (await isReplacedByTombstone(release, name)) continue;
    const found = await hashFile(release, name, tally);
    if (found !== expected)
      throw new VerificationError(
        `${at}${name}`,
        removal && !KEPT_FILES.includes(name)
          ? "is neither the removed file nor its tombstone"
          : `was changed: its SHA-256 is ${found}, but SHA256SUMS names ${expected}`,
      );
  }
  const about = parseVerifiedJson(`${at}datapackage.json`, (await folder.bytes(PACKAGE_FILE)) ?? new Uint8Array());
  verifyResources(about, files, `${at}datapackage.json`);
  return { manifest, files, about };
}

function verifyResources(about: Record<string, unknown>, files: readonly Hashed[], where: string): void {
  if (!Array.isArray(about["resources"])) throw new VerificationError(where, "names no files");
  for (const resource of about["resources"] as ({ path?: unknown; hash?: unknown } | null)[]) {
    const file = files.find(({ name }) => name === resource?.path);
    if (!file || resource?.hash !== `sha256:${file.sha256}`)
      throw new VerificationError(where, `names another hash of ${String(resource?.path)} than SHA256SUMS`);
  }
}
