/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "302276df8c0bdf0d3ca283b565be9054827e587b47e8b4a6c894a1326ea1e4a7";
