import type { Format } from "../formats/format.ts";
import { mediaTypeOfName } from "../formats/media-type.ts";

/** The one table of paths, media types, caching and CORS: the publisher writes by it, the CDN and the local edge serve by it. */

/** CloudFront compresses files of these sizes. */
const COMPRESSED_BYTES = { min: 1_000, max: 10_000_000 };

/** `Content-Type` of the object at a key of the store. */
export function contentType(key: string, formats?: readonly Format[]): string {
  const { mediaType } = mediaTypeOfName(key, formats);
  return mediaType.startsWith("text/") ? `${mediaType}; charset=utf-8` : mediaType;
}

/** Whether the CDN compresses the object at a key. */
export const isCompressed = (key: string, bytes: number, formats?: readonly Format[]): boolean =>
  mediaTypeOfName(key, formats).isCompressedByCdn && bytes >= COMPRESSED_BYTES.min && bytes <= COMPRESSED_BYTES.max;

export const CACHE = {
  immutable: "public, max-age=31536000, immutable",
  short: "public, max-age=60",
  error: "public, max-age=10",
  never: "no-store",
} as const;

/** `Cache-Control` of the object at a key of the store. */
export const cacheControl = (key: string): string =>
  /^[^/]+\/\d+\.\d+\.\d+\//.test(key) || key.startsWith("assets/") ? CACHE.immutable : CACHE.short;

/** Sent with every response. */
export const COMMON_HEADERS: Record<string, string> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "Content-Range, Accept-Ranges, Content-Length, ETag",
  "x-content-type-options": "nosniff",
};

/** Sent with every file, although only pages need them: a policy of the CDN cannot depend on a media type. */
export const PAGE_HEADERS: Record<string, string> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "referrer-policy": "strict-origin-when-cross-origin",
};
