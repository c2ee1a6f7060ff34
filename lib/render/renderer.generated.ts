/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "215c085ad385907de059dd160914abd3a8ac32fd4a68d19f25a3b80f350342f5";
