import { MANIFEST_FILE, PACKAGE_FILE } from "../contract/release-files.ts";
import { parseManifestText } from "../release/manifest-text.ts";
import type { ReleaseContents, ReleaseFiles } from "./release-contents.ts";
import { VerificationError } from "./verification-error.ts";

/** Reads SHA256SUMS. */
export async function readManifest({ folder, at }: ReleaseFiles): Promise<Pick<ReleaseContents, "manifest" | "files">> {
  const manifest = await folder.bytes(MANIFEST_FILE);
  if (!manifest) throw new VerificationError(`${at}SHA256SUMS`, "is missing");
  const files = parseManifestText(manifest);
  if (!files) throw new VerificationError(`${at}SHA256SUMS`, "is not a list of hashes and file names, each name once");
  if (!files.some(({ name }) => name === PACKAGE_FILE))
    throw new VerificationError(`${at}SHA256SUMS`, "does not list datapackage.json, which names the release");
  return { manifest, files };
}
