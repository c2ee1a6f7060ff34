/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "4e880a697eafdaf90bfe110ed1af9d263c9d6a3d87fa1c240b414b8609cc1f3f";
