/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "b1057c60bf9a9b0437e18a16a9f0de8876ebe134f982852024b24c063dfed33f";
