/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "d718122d1bc0f016948b83f0ba0dabeac12df09911f58123acfba0c0beb202f9";
