import type { Body } from "./ports.ts";
import { sha256 } from "./sha256.ts";

/** Some bytes as a store takes them. */
export const bodyOf = (bytes: Uint8Array): Body => ({
  bytes: bytes.length,
  sha256: sha256(bytes),
  open: async function* () {
    yield bytes;
  },
});
