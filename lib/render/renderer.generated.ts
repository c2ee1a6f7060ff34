/** Written by `FACTPRESS_WRITE=1 npx vitest run --project unit tests/unit/site/pages.test.ts`: the SHA-256 of the recorded pages. */
export const RENDERER = "23c30fa6adb1d5d294c1729d63b834c0ea151905dbe73667393a181582cf8d66";
