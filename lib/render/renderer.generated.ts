/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "1f8956bdb1af8f713f2c0ba4428050c7ceee62f1b6a8e69e680766e8042ba638";
