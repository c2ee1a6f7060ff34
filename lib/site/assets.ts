import { BODIES } from "./assets.generated.ts";

/** The assets of pages. Each name contains a hash of the bytes. */
export const ASSETS: readonly { name: string; bytes: Uint8Array }[] = Object.entries(BODIES).map(([name, body]) => ({
  name,
  bytes: typeof body === "string" ? Buffer.from(body) : Buffer.from(body.base64, "base64"),
}));
