/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "72eff42cdb31630f1525d5c5ac77829e2dc0514171b28f0b1b224281cf8a2176";
