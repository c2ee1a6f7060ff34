/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "51d98c3444c2f7628b576bf840898d0044fc8c330643d78cbad8ed90e18819e5";
