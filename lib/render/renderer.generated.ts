/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "a669a8f8be0e30419d52b3c94b418fc52de91cd239ba675d2a8405b57200471f";
