/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "3d492c89da80935078c1771ecb75a6dd491c3e5ee1cdb096d4afb2915ac9944a";
