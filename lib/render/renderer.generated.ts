/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "3415b943670a8b91291655c34595fe8f2811bd14b3124e5ad9d2acbe48b0aa7b";
