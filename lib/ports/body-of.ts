import { createHash } from "node:crypto";
import type { Body } from "./ports.ts";

/** Lower-case hexadecimal. */
export const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

/** Some bytes as a store takes them. */
export const bodyOf = (bytes: Uint8Array): Body => ({
  bytes: bytes.length,
  sha256: sha256(bytes),
  open: async function* () {
    yield bytes;
  },
});
