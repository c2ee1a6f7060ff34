import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { ReleaseFolder } from "../ports/ports.ts";
import { jwsKeyId, jwsSigningInput, parseDetachedJws } from "../release/detached-jws.ts";
import { decodeBase64Url } from "../release/encode-base64-url.ts";
import { HeadError } from "../release/head-error.ts";
import type { KeySet, PublicKey } from "../release/key-set.ts";
import { HEAD_KEY, headHeader, headSigningInput, parseHead, parseHeadFile, type SignedHead } from "../release/signed-head.ts";
import { VerificationError } from "./verification-error.ts";

/** RFC 7638: the id of a key is computed from the key, so that no other key can use it. */
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

function checkSignature(where: string, key: PublicKey, input: Uint8Array, signature: Uint8Array, over: string): void {
  if (!verify("sha256", input, { key: publicKey(where, key), dsaEncoding: "ieee-p1363" }, signature))
    throw new VerificationError(where, `does not match ${over}: one of the two was changed`);
}

/** Checks the signature of SHA256SUMS. Returns the id of its key, or undefined if it is unsigned. */
export async function verifySignature(folder: ReleaseFolder, at: string, manifest: Uint8Array, keys: KeySet): Promise<string | undefined> {
  const bytes = await folder.bytes("SHA256SUMS.jws");
  if (!bytes) return undefined;
  const where = `${at}SHA256SUMS.jws`;
  const jws = parseDetachedJws(bytes);
  if (!jws) throw new VerificationError(where, "is not a detached signature as factpress writes it");
  checkSignature(where, trustedKey(where, jws.kid, keys), jwsSigningInput(jws.kid, manifest), jws.signature, "SHA256SUMS");
  return jws.kid;
}

/** Parses a signed head and checks its signature. */
export function verifyHeadFile(bytes: Uint8Array, keys: KeySet, where = HEAD_KEY): { head: SignedHead; kid: string } {
  try {
    const file = parseHeadFile(bytes);
    const kid = jwsKeyId(file.protected) ?? "";
    const signature = decodeBase64Url(file.signature);
    const payload = decodeBase64Url(file.payload);
    if (headHeader(kid) !== file.protected || !signature || !payload) throw new HeadError("it is not signed as factpress signs");
    checkSignature(where, trustedKey(where, kid, keys), headSigningInput(kid, file.payload), signature, "its payload");
    return { head: parseHead(payload), kid };
  } catch (error) {
    if (error instanceof HeadError) throw new VerificationError(where, `cannot be read: ${error.message}`);
    throw error;
  }
}
