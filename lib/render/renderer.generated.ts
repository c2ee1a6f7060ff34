/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "af3ab4616ce3fbbf014f3ad473565d87576df7cf88bbc7dcd424da27f2124b77";
