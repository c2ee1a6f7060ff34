/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "010b6d4fd8d34ddfdbd9e33033a1043c7b9ba33bc12ecdc0d76fdf4351fa2bc5";
