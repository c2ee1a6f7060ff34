/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "c7efad39818d82a43ca17eca338a80d18f7196fdc40fcb9a1566738284ee79e1";
