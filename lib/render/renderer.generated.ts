/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "aca8191b592c888490b605e7b6e95e48f52797c8d532f13ade999e5431b54264";
