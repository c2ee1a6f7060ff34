/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "66e79beffd4d574ee9f19c3411eb1196631f2681e06c9ba6f22952bed6b38b5d";
