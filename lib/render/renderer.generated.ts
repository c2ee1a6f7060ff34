/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "d21b95a29ea3ca41a94bd1bbdf545a258f62024af84b9fc2e88b80f4f8b99d05";
