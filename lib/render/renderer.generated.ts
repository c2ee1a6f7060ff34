/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "37be736dcc3bd1893c76791745d4f34c48dc95c01f8f5d983134941b704a80ed";
