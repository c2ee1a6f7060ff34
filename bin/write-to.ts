import type { Writable } from "node:stream";
import { drained } from "./drained.ts";

/** Writes with back-pressure. Output to a closed pipe (`factpress … | head`) is dropped, and the exit code stays the same. */
export async function writeTo(to: Writable, chunk: string | Uint8Array): Promise<void> {
  if (to.destroyed) return;
  to.write(chunk);
  await drained(to);
}
