/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "ab72465cc6b9d7c1400529b8e559713e22ba1e371244eb1a487dee793d38cdf5";
