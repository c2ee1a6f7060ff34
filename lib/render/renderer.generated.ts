/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "2e80f7ac76d6ce55126a40302e6da35f735ff30dcde37c25f417403063d2477d";
