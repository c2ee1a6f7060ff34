/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "00d3416c1e9594cfc41784eb4a015b044a861049ffb51b4452e671623a0ba2a5";
