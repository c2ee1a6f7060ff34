/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "dd1d88b0f5b9216682a74f8c164713ab8cb3b722b34ff95ac06dabea83c257d1";
