/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "ac5d518058c23006944580dda36541a5ca3117e7a2ea8434c299437988f2ae05";
