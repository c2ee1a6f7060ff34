/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "d67b5f36759be07437f2f1fc74aeed50f32f83096773572a70c99074bf6d8b4f";
