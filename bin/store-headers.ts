import { cacheControl } from "../lib/edge/cache-control.ts";
import { contentType } from "../lib/edge/content-type.ts";

export const storeHeaders = (key: string) => ({ contentType: contentType(key), cacheControl: cacheControl(key) });
