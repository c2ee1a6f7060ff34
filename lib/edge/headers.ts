/** The one table of paths, media types, caching and CORS: the publisher writes by it, the CDN and the local edge serve by it. */

const TYPES: Record<string, string> = {
  csv: "text/csv; charset=utf-8",
  json: "application/json",
  ndjson: "application/x-ndjson",
  html: "text/html; charset=utf-8",
  md: "text/plain; charset=utf-8",
  xml: "application/xml",
  cff: "text/plain; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  woff2: "font/woff2",
};

/** What CloudFront compresses, as far as it occurs here: neither NDJSON nor Atom's or Markdown's own types. */
const COMPRESSED = new Set(["text/csv", "application/json", "text/html", "text/plain", "application/xml", "text/css", "text/javascript"]);
const COMPRESSED_BYTES = { min: 1_000, max: 10_000_000 };

export const contentType = (key: string): string => TYPES[/\.([a-z]+)$/.exec(key)?.[1] ?? ""] ?? "text/plain; charset=utf-8";

export const isCompressed = (key: string, bytes: number): boolean =>
  COMPRESSED.has(contentType(key).split(";")[0] as string) && bytes >= COMPRESSED_BYTES.min && bytes <= COMPRESSED_BYTES.max;

export const CACHE = {
  immutable: "public, max-age=31536000, immutable",
  short: "public, max-age=60",
  error: "public, max-age=10",
  never: "no-store",
} as const;

/** `Cache-Control` of the object at a key of the store. */
export const cacheControl = (key: string): string =>
  /^[^/]+\/\d+\.\d+\.\d+\//.test(key) || key.startsWith("assets/") ? CACHE.immutable : CACHE.short;

/** On every response. */
export const EVERYWHERE: Record<string, string> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "Content-Range, Accept-Ranges, Content-Length, ETag",
  "x-content-type-options": "nosniff",
};

/** On every file besides, for the sake of pages: a policy of the CDN is not tied to a media type. */
export const PAGES: Record<string, string> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "referrer-policy": "strict-origin-when-cross-origin",
};
