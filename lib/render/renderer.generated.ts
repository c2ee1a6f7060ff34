/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "7d3cdc3284db153a5b3972136eac64892891d2d23e54a65b8db2e77621923945";
