/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "0a1817f546a6776eef2c1d9df11525567fb53cc986fa1abe389260ff0f0f7f7e";
