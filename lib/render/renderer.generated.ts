/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "532adcc3a9cdf1f02edfbe39f08a847b5b2fb5205b0d4653de2ac653a654653f";
