/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "9f208270c37e2d14e8996e174555ffe8356d582b3206760dc49d35b8212f2d2a";
