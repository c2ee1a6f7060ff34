/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "c6aadba3ca3293607fa0c4a65e29488ecaa17a4da171481e9451fb217c7faeca";
