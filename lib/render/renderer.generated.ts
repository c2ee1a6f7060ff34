/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "40f423c39ffbc8abaa93fd48567b4b6353ec67ab0449068f1bbdab3d72b4520d";
