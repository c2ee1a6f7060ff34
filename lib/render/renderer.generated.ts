/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "cb4922301d407afb4aa627dcc4e7ea185e2ab1ff4cc956010b54a1f020f27a0f";
