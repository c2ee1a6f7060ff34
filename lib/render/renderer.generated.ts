/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "9e7e09c0244738438efcc2c9953f404825985d3d85b2d4cccf167b58687fc736";
