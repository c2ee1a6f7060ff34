import { MANIFEST_FILE, SIGNATURE_FILE } from "../contract/release-files.ts";
import type { ReleaseFolder } from "../ports/ports.ts";
import { jwsSigningInput, parseDetachedJws } from "../release/detached-jws.ts";
import type { KeySet } from "../release/key-set.ts";
import { checkSignature } from "./check-signature.ts";
import { VerificationError } from "./verification-error.ts";

/** Checks the signature of SHA256SUMS. Returns the id of its key, or undefined without a signature. */
export async function verifySignature(folder: ReleaseFolder, at: string, manifest: Uint8Array, keys: KeySet): Promise<string | undefined> {
  const bytes = await folder.bytes(SIGNATURE_FILE);
  if (!bytes) return undefined;
  const where = `${at}SHA256SUMS.jws`;
  const jws = parseDetachedJws(bytes);
  if (!jws) throw new VerificationError(where, "is not a detached signature as factpress writes it");
  const { kid, signature } = jws;
  checkSignature(where, { kid, input: jwsSigningInput(kid, manifest), signature, over: MANIFEST_FILE }, keys);
  return kid;
}
