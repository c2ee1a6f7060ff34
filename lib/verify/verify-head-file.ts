import { HEAD_OBJECT_KEY } from "../contract/head-object-key.ts";
import { jwsKeyId } from "../release/detached-jws.ts";
import { decodeBase64Url } from "../release/encode-base64-url.ts";
import { HeadError } from "../release/head-error.ts";
import type { KeySet } from "../release/key-set.ts";
import { parseSignedHead, parseSignedHeadFile, type SignedHead, signedHeadHeader, signedHeadInput } from "../release/signed-head.ts";
import { checkSignature } from "./check-signature.ts";
import { VerificationError } from "./verification-error.ts";

/** Parses a signed head and checks its signature. */
export function verifyHeadFile(bytes: Uint8Array, keys: KeySet, where = HEAD_OBJECT_KEY): { head: SignedHead; kid: string } {
  try {
    const file = parseSignedHeadFile(bytes);
    const kid = jwsKeyId(file.protected) ?? "";
    const signature = decodeBase64Url(file.signature);
    const payload = decodeBase64Url(file.payload);
    if (signedHeadHeader(kid) !== file.protected || !signature || !payload)
      throw new HeadError("its signature does not have the form that factpress writes");
    checkSignature(where, { kid, input: signedHeadInput(kid, file.payload), signature, over: "its payload" }, keys);
    return { head: parseSignedHead(payload), kid };
  } catch (error) {
    if (error instanceof HeadError) throw new VerificationError(where, `cannot be read: ${error.message}`);
    throw error;
  }
}
