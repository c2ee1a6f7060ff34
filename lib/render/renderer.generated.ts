/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "7ea1492814e9dc04cae798644b694a9fa3b49123485b1b6e4ed3c062eb8d9015";
