import { MANIFEST_FILE, SIGNATURE_FILE } from "../contract/release-files.ts";
import { bodyOf } from "../ports/body-of.ts";
import type { Artifact, Signer, Store, Workspace } from "../ports/ports.ts";
import { readWhole } from "../ports/read-whole.ts";
import { detachedJws, jwsSigningInput } from "../release/detached-jws.ts";
import { isTombstone } from "../release/tombstone-text.ts";
import { DamagedReleaseError } from "./damaged-release-error.ts";

/** Where to write the files of a release, and how to sign it. */
export interface ReleaseTarget {
  dataset: string;
  store: Store;
  /** Releases without a signer are unsigned. */
  signer?: Signer;
}

/** Writes every file of a release, starting with the manifest, which claims the version for this build. */
export async function putRelease(
  job: ReleaseTarget,
  version: string,
  artifacts: readonly Artifact[],
  workspace: Pick<Workspace, "read" | "path">,
): Promise<"put" | "claimed" | "again"> {
  const claim = artifacts.filter(({ name }) => name === MANIFEST_FILE);
  for (const { name, bytes, sha256 } of [...claim, ...artifacts.filter(({ name }) => name !== MANIFEST_FILE)]) {
    const key = `${job.dataset}/${version}/${name}`;
    const path = workspace.path?.(name);
    const body = { bytes, sha256, open: () => workspace.read(name), ...(path === undefined ? {} : { path }) };
    const outcome = await job.store.putIfAbsent(key, body);
    if (outcome !== "other") continue;
    if (name === MANIFEST_FILE) return "claimed";
    const stored = await job.store.get(key);
    if (stored && isTombstone(stored.bytes)) return "again";
    throw new DamagedReleaseError(`${key} exists in the store with different bytes than its manifest lists. Nothing was overwritten.`);
  }
  if (job.signer) await putSignature(job, job.signer, version, workspace);
  return "put";
}

async function putSignature(
  { dataset, store }: ReleaseTarget,
  signer: Signer,
  version: string,
  workspace: Pick<Workspace, "read">,
): Promise<void> {
  const manifest = await readWhole(workspace.read(MANIFEST_FILE));
  const { kid } = signer.publicKey;
  const signature = await signer.sign(jwsSigningInput(kid, manifest));
  // Every ES256 signature is different, so the first one is kept.
  await store.putIfAbsent(`${dataset}/${version}/${SIGNATURE_FILE}`, bodyOf(Buffer.from(detachedJws(kid, signature))));
}
