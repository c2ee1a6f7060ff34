/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "ce7babf1ba1340aef3dfd34055821ab5ecb380fc8b32c79e7991857143efc71f";
