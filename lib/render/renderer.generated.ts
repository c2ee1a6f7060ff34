/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "d5ff106f02b3fcc4bc9fd10636af9988211536161018d667be0e3dd671f76054";
