/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "c765626c9ba973d7d8d5ee7975a9c778104488f455f6930cfcd6df8766f21be1";
