import { s3Store } from "../lib/adapters/aws/s3-store.ts";
import { cacheControl } from "../lib/edge/cache-control.ts";
import { contentType } from "../lib/edge/content-type.ts";
import type { Store } from "../lib/ports/ports.ts";

export const openBucket = (bucket: string): Store =>
  s3Store({
    bucket,
    headersOf: (key) => ({ contentType: contentType(key), cacheControl: cacheControl(key) }),
  });
