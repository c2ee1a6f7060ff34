/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "505e22ef85012fc4d738e6f94d499b3cf6a2861cb4405e167325dcbd3ce451f6";
