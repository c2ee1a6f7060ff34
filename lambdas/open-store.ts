import { s3Store } from "../lib/adapters/aws/s3-store.ts";
import { cacheControl } from "../lib/edge/cache-control.ts";
import { contentType } from "../lib/edge/content-type.ts";
import type { Store } from "../lib/ports/ports.ts";
import { setting } from "./setting.ts";

const openBucket = (bucket: string): Store =>
  s3Store({
    bucket,
    headersOf: (key) => ({ contentType: contentType(key), cacheControl: cacheControl(key) }),
  });

export const openStore = (): Store => openBucket(setting("BUCKET"));

/** Opens the second store, which gets copies of the catalogues; undefined if the deployment has none. */
export function openCopyStore(): Store | undefined {
  const bucket = process.env["CATALOGUE_COPY_BUCKET"];
  return bucket ? openBucket(bucket) : undefined;
}
