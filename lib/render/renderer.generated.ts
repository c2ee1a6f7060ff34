/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "a271fb59690fba0684233357c8986cce8ce0a451ab43e18e1b9a9ce5af2abb65";
