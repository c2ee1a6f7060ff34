/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "8c568a1ce0ceac0052f878004ba363bc563a87fe1722ec07e4713015e8920bd1";
