/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "34037aa9b6ffa908b46cb7855addd7f43cf4ab2b53ec69a91a99aaa4b2d65462";
