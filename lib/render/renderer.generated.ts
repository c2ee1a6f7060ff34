/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "597718f7d2b6518ebd81b63ea6f77ebb3723ae50a56bebb191a2fd3ba9693074";
