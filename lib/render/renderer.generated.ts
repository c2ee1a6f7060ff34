/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "dadc54e86e0b4fe7fa1e9637d965fb286dcb617b418ac472370fe56ba4782c55";
