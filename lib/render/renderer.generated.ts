/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "e14ff75b686635f50f5fefcc95af187df22f58bfe2e686d6d56b0d00f31284a7";
