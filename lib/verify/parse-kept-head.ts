import type { KeySet } from "../release/key-set.ts";
import { parseSignedHead, parseSignedHeadFile, type SignedHead } from "../release/signed-head.ts";
import { verifyHeadFile } from "./verify-head-file.ts";

/** Parses a head from an earlier run: a signed head, or the output of `--remember`. Throws `HeadError`, `VerificationError`. */
export function parseKeptHead(bytes: Uint8Array, keys: KeySet | undefined, where: string): SignedHead {
  const isSigned = Buffer.from(bytes).toString("utf8").includes('"payload"');
  if (!isSigned) return parseSignedHead(bytes);
  if (keys) return verifyHeadFile(bytes, keys, where).head;
  const payload = Buffer.from(parseSignedHeadFile(bytes).payload, "base64url");
  return parseSignedHead(payload);
}
