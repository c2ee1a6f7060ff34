/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "30120923bbbf5a28b6acc3f13aa518c3540fdf8930d0e08dcd2f117d2a164b95";
