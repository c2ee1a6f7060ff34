/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "22134b99c13a4c3aa2426dc7ca6c4bd7e6511387299f2ffc321c31d256ac0da4";
