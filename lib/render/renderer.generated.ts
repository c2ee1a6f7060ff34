/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "a3bd28d1da3a2d015c588ae5d3c7bbf4d4dca2cf7d8f05927555e943096de8d9";
