/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "987380333fb105afab8be0f6d953ebe80294c9b171159bef084bcc6bd19bad08";
