/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "eeb0b8a418ae8d3f9a65c4fcae8a8015dee37e30bcd25d42f88fa9b94a3edffd";
