/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "a2923665b8e146ccff90ef9beaec85240ebc14e685c94f5e29e6d4ed5648bf52";
