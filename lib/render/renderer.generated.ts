/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "809dffbeeaaf34a753c3dcf290719675b92e22086c7fee7b64efbebdfee9f8a2";
