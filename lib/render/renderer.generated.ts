/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "9aa480fd0931337c2de70dbb75d737b743208e08c415a9b8fe394912d96079f1";
