/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "753a75ceed800d715c990e56e967d8acbeff8d88e2ff599bbc52eba7f9a20aa3";
