/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "70f4b1191662f444513133cfc38c99b7a7958adc2bd35ac0339e9427206c5c52";
