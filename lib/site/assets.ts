import { BODIES, NAMES } from "./assets.generated.ts";
import type { PageEnvironment } from "./page/layout.tsx";

/** The files that pages load. Each name holds the hash of the bytes. */
export const ASSETS: readonly { name: string; bytes: Uint8Array }[] = Object.entries(BODIES).map(([name, body]) => ({
  name,
  bytes: Buffer.from(body, "base64"),
}));

/** Of a page with an explorer. `assets`: the prefix of their names. */
export const pageEnvironment = (assets: string, site: string | undefined): PageEnvironment => ({
  assets,
  style: NAMES.style,
  script: NAMES.page,
  ...(site === undefined ? {} : { site }),
});

export const withoutScript = ({ script: _, ...env }: PageEnvironment): PageEnvironment => env;
export const withVerifyScript = (env: PageEnvironment): PageEnvironment => ({ ...env, script: NAMES.verify });
