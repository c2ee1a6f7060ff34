/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "50641cfea55bc4f66da3ddd392f514f934aa0befd85aa2d75fbbdfe579a138e6";
