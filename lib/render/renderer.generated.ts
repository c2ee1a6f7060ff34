/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "806db1222bb02f33480052f8c783523ee122852cab06d3cfb26497f620ba890c";
