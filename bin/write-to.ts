import type { Writable } from "node:stream";
import { drained } from "./drained.ts";

/**
 * Writes to a stream with back-pressure. Output to a closed pipe (`factpress … | head`) is dropped, and the command still ends with its
 * exit code.
 */
export async function writeTo(to: Writable, chunk: string | Uint8Array): Promise<void> {
  if (to.destroyed) return;
  to.write(chunk);
  await drained(to);
}
