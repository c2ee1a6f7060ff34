import type { Store } from "../lib/ports/ports.ts";
import { openBucket } from "./open-bucket.ts";
import { optionalSetting } from "./setting.ts";

/** Opens the second store, which holds copies of the catalogues; undefined if the deployment has none. */
export function openCopyStore(): Store | undefined {
  const bucket = optionalSetting("CATALOGUE_COPY_BUCKET");
  return bucket ? openBucket(bucket) : undefined;
}
