/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "efda3601a1ca3b8c5f67de19da2c40157ba33fc34ada3342a43ea738e6f71351";
