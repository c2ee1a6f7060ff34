/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "f53173f291165963cc662fae4d86a4a38ab43feb35d422123435664bc7263e4c";
