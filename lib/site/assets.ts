import { BODIES, NAMES } from "./assets.generated.ts";
import type { Place } from "./page/layout.tsx";

/** What pages load: a name that ends with the hash of the body, and the body. */
export const ASSETS: readonly { name: string; bytes: Uint8Array }[] = Object.entries(BODIES).map(([name, body]) => ({
  name,
  bytes: Buffer.from(body, "base64"),
}));

/** Where a page stands and what it loads. */
export const placeOf = (assets: string, site: string | undefined): Place => ({
  assets,
  style: NAMES.style,
  script: NAMES.page,
  ...(site === undefined ? {} : { site }),
});

/** The same for a page without an explorer, and for the one that verifies. */
export const plainPlace = ({ script: _, ...place }: Place): Place => place;
export const verifyingPlace = (place: Place): Place => ({ ...place, script: NAMES.verify });
