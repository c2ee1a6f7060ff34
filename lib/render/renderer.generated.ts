/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "e793796e942f92aa71fd0b0a34b0c766f66358d1b48fc6b7b3c564fe9782d837";
