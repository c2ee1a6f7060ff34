import type { Body } from "./ports.ts";
import { sha256 } from "./sha256.ts";

/** Wraps bytes as the body of an object. */
export const bodyOf = (bytes: Uint8Array): Body => ({
  bytes: bytes.length,
  sha256: sha256(bytes),
  open: async function* () {
    yield bytes;
  },
});
