/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "ba20ba51873ab15bad33e0dcc32a838fe6b688400a35923e7c5a14379f05f254";
