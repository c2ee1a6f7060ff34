/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "c1c748f4e70540945bbc5af13fc4f93c27bc6dc8fb8d14f5d0d53edbd39b1c94";
