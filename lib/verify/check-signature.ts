import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { KeySet, PublicKey } from "../release/key-set.ts";
import { VerificationError } from "./verification-error.ts";

/** RFC 7638: a key's id is computed from the key, so that no other key can have it. */
const thumbprint = ({ crv, kty, x, y }: PublicKey): string =>
  createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");

function publicKey(where: string, { kty, crv, x, y, kid }: PublicKey): KeyObject {
  try {
    return createPublicKey({ key: { kty, crv, x, y }, format: "jwk" });
  } catch (error) {
    // OpenSSL throws for a point that is not on the curve.
    throw new VerificationError(where, `is signed with ${kid}, which is not a valid key: ${(error as Error).message}`);
  }
}

/** Finds a trusted key by its id. */
function trustedKey(where: string, kid: string, { keys }: KeySet): PublicKey {
  const key = keys.find((each) => each.kid === kid);
  if (!key) throw new VerificationError(where, `is signed with the key ${kid}, which is not among the public keys`);
  if (thumbprint(key) !== kid) throw new VerificationError(where, `names the key ${kid}, but another key is listed under this id`);
  return key;
}

interface Signed {
  /** Id of the key. */
  kid: string;
  input: Uint8Array;
  signature: Uint8Array;
  /** The name of the signed input in messages. */
  over: string;
}

/** Checks a signature against the trusted key with its id. */
export function checkSignature(where: string, { kid, input, signature, over }: Signed, keys: KeySet): void {
  const key = trustedKey(where, kid, keys);
  if (!verify("sha256", input, { key: publicKey(where, key), dsaEncoding: "ieee-p1363" }, signature))
    throw new VerificationError(where, `does not match ${over}: one of the two was changed`);
}
