/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "10ed7b8f3327902d70cf05c9fd88301ef5c7b4c81a936fb6352e6175434b179f";
