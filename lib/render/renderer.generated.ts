/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "51a2e9e4d77cc5c695d34c9b602c4204e60a6d7d332816851f367d14d56f6f65";
