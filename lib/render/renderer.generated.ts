/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "b33826dc3c0f64d52326d8e6c1eb63f60b31dc7843c0036733fd7d345ad3c2d8";
