/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "e8b66f1447fb2946ae54061c904d94de17d043daef2334176f5ede9d8b1ce3b8";
