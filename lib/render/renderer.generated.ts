/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "9e537601b3af405d65162476bb53389514a8225328ccdfdbe0599043632b359b";
