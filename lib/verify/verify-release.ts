import { SCHEMA_FILE } from "../contract/dataset-files.ts";
import { SIGNATURE_FILE } from "../contract/release-files.ts";
import type { ReleaseFolder } from "../ports/ports.ts";
import type { KeySet } from "../release/key-set.ts";
import { KEPT_FILES, parseTombstone } from "../release/tombstone-text.ts";
import { nothingVerified, type Verified } from "./nothing-verified.ts";
import type { ReleaseFiles } from "./release-contents.ts";
import { VerificationError } from "./verification-error.ts";
import { verifyFiles } from "./verify-files.ts";
import { verifyIdentity } from "./verify-identity.ts";
import { verifyNoOtherFiles } from "./verify-no-other-files.ts";
import { verifySignature } from "./verify-signature.ts";

export interface ReleaseToVerify {
  folder: ReleaseFolder;
  /** The requested dataset and version, if known. */
  dataset?: string | undefined;
  version?: string | undefined;
  /** The trusted keys. */
  keys?: KeySet | undefined;
  /** The names of all files, if the folder can be listed. */
  names?: readonly string[] | undefined;
}

export interface VerifiedRelease extends Verified {
  /** The dataset name in datapackage.json. */
  name: string;
  version: string;
}

/** The tombstone of the release, if it was removed. */
async function tombstoneOf(folder: ReleaseFolder): Promise<{ version: string; reason: string } | undefined> {
  const schema = await folder.bytes(SCHEMA_FILE);
  return schema && parseTombstone(schema);
}

/** Checks a single release: its files, its signature, and that it is the requested release. */
export async function verifyRelease({ folder, dataset, version, keys, names }: ReleaseToVerify): Promise<VerifiedRelease> {
  const result = nothingVerified();
  const removal = await tombstoneOf(folder);
  const release: ReleaseFiles = {
    folder,
    at: "",
    ...(removal ? { removal: { version: removal.version, reasons: [removal.reason] } } : {}),
  };
  const { manifest, files, about } = await verifyFiles(release, result);
  if (names) verifyNoOtherFiles(names, files, "");
  verifyIdentity(about, { name: dataset, version: version ?? removal?.version }, "");
  const isSigned = (await folder.bytes(SIGNATURE_FILE)) !== undefined;
  const kid = keys && (await verifySignature(folder, "", manifest, keys));
  if (keys && !kid) throw new VerificationError(SIGNATURE_FILE, "is missing: this release is not signed by a key that you trust");
  const notes = isSigned && !keys ? ["Signed, but not checked: no keys given."] : [];
  const uncompared = removal
    ? [
        `${files.filter(({ name }) => !KEPT_FILES.includes(name)).length} files were replaced by a note that the publisher removed them (${removal.reason}). Only releases.json can confirm that: verify the dataset.`,
      ]
    : [];
  return {
    ...result,
    name: String(about["name"]),
    version: String(about["version"]),
    releases: 1,
    unsigned: isSigned ? [] : [String(about["version"])],
    removed: removal ? [removal.version] : [],
    keys: kid ? [kid] : [],
    notes: [...notes, "Only this release was checked. The hash of its SHA256SUMS in releases.json says whether others got the same."],
    uncompared,
  };
}
