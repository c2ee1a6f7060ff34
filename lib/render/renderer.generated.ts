/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "4d3aa026ee33f250346f46c7f5927b4d14c1ba9ffd71cc6599430d05a221c78a";
