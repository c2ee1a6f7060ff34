/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "1f4604ce539a0b8614b8e7ac607af9cf249e52364427e2b2bf1b674b55034810";
