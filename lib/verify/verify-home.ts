import { homeProjections } from "../render/home-projections.ts";
import { publishedDatasetNames } from "../render/published-dataset-names.ts";
import { siteOf } from "../render/site.ts";
import type { Verified } from "./nothing-verified.ts";
import { VerificationError } from "./verification-error.ts";
import { type Stored, verifyAssets } from "./verify-assets.ts";

/** Checks the pages that belong to no dataset, if the pages of datasets were compared. */
export async function verifyHome(store: Stored): Promise<void> {
  const names = await publishedDatasetNames(store);
  for (const [key, render] of Object.entries(homeProjections(store, names, await siteOf(store)))) {
    const stored = await store.get(key);
    if (!stored) throw new VerificationError(key, "is missing");
    if (!Buffer.from(await render()).equals(stored.bytes)) throw new VerificationError(key, "does not match the releases: it was changed");
  }
  await verifyAssets(store, { files: 0, bytes: 0 } as Verified);
}
