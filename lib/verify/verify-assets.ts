import type { ReadableStore } from "../ports/ports.ts";
import { ASSETS } from "../site/assets.ts";
import type { Verified } from "./nothing-verified.ts";
import { VerificationError } from "./verification-error.ts";

/** Checks the scripts, styles and fonts of pages. */
export async function verifyAssets(store: ReadableStore, result: Verified): Promise<void> {
  for (const { name, bytes } of ASSETS) {
    const stored = await store.get(`assets/${name}`);
    if (!stored) throw new VerificationError(`assets/${name}`, "is missing");
    if (!Buffer.from(bytes).equals(stored.bytes)) throw new VerificationError(`assets/${name}`, "was changed");
    result.files += 1;
    result.bytes += stored.bytes.length;
  }
}
