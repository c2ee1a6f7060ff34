import type { Store } from "../lib/ports/ports.ts";
import { openBucket } from "./open-bucket.ts";

/** Opens the second store, which gets copies of the catalogues; undefined if the deployment has none. */
export function openCopyStore(): Store | undefined {
  const bucket = process.env["CATALOGUE_COPY_BUCKET"];
  return bucket ? openBucket(bucket) : undefined;
}
