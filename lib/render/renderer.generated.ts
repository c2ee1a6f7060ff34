/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "a0087cee51b94c6e4cebba2889af0240ed2f8bc0cff59fd973b4c96391a809d7";
