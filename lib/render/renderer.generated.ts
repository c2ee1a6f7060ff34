/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "3d3a1b3522e76cdc10e35e8bf6dc7db636ca5f97f2bb6170dec4b7aceb2274bc";
