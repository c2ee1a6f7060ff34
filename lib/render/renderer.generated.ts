/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "d4ccedbcd9cf2d1101364e844ffa128c100ce1c399a3d9b16388772f70783d7d";
