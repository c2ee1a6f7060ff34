/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "884f887998a0b2adf6e706c21444684be1504b32cd1b5a024d60b4996a292136";
