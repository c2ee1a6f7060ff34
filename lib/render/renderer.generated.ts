/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "6acd695199b71b22c779d3f4cc20448fe246b35d9e959513313f60a072c39f7e";
