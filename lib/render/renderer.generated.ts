/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "c1f203274099c3e2d3985905bae4684c4a2980853b59bfb707a898af21ceb69d";
