export const CACHE = {
  immutable: "public, max-age=31536000, immutable",
  short: "public, max-age=60",
  error: "public, max-age=10",
  never: "no-store",
} as const;

/** `Cache-Control` of the object at a key of the store. */
export const cacheControl = (key: string): string =>
  /^[^/]+\/\d+\.\d+\.\d+\//.test(key) || key.startsWith("assets/") ? CACHE.immutable : CACHE.short;
