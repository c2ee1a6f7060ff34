/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "e6890279155d735c51e8373791433c4ab0f770d756a4d2e453dd73fa85e6db22";
