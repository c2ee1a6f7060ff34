/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "43fd1245463641e0c45c8a8ccd9730006999a288d0241f801ae5d62587077ed3";
