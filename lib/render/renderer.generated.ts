/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "8cf80e22bc35eb7dae65ece8db352fd0048aba6605ffcb8eb6d30c6c93179d6e";
