export const CACHE = {
  immutable: "public, max-age=31536000, immutable",
  short: "public, max-age=60",
  error: "public, max-age=10",
  never: "no-store",
} as const;

/** Files of releases, and content-addressed files: assets and Avro files of Iceberg tables. */
const IMMUTABLE = [/^[^/]+\/\d+\.\d+\.\d+\//, /^assets\//, /^[^/]+\/iceberg(-s3)?\/.*\.avro$/];

/** `Cache-Control` of the object at a key of the store. */
export const cacheControl = (key: string): string => (IMMUTABLE.some((pattern) => pattern.test(key)) ? CACHE.immutable : CACHE.short);
