/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "b0f0281bb5793cf4efd0aa8fb4ffbb7122da013f4cd2344ab450899abddb760a";
