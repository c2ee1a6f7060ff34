/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "c9fc9b6e154374a59256343be7d1598acd2b3b34a6be437bd6e1e8288bd275d2";
