import { NAMES, STYLE } from "./assets.generated.ts";
import type { PageEnvironment } from "./page/page-frame.tsx";
import { styleText } from "./style-text.ts";

/** The environment of a page with an explorer. `assets`: prefix of asset names. */
export const pageEnvironment = (assets: string, site: string | undefined): PageEnvironment => ({
  assets,
  style: NAMES.style,
  css: styleText(STYLE.trim(), assets),
  script: NAMES.page,
  composer: NAMES.composer,
  // A page opened from disk must not preload anything.
  ...(assets.startsWith("/") ? { font: NAMES.font } : {}),
  ...(site === undefined ? {} : { site }),
});

export const environmentWithoutScript = ({ script: _, ...env }: PageEnvironment): PageEnvironment => env;

export const environmentWithVerifyScript = (env: PageEnvironment): PageEnvironment => ({ ...env, script: NAMES.verify });

export const environmentWithCopyScript = (env: PageEnvironment): PageEnvironment => ({ ...env, script: NAMES.copy });
