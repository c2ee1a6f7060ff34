/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "6d407006306692d5a1a269ed1f23a6efc5e5ba03be6791a706279df12826d8f8";
