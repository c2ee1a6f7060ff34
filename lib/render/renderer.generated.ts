/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "1a0919f03213255e30b8063d0c4afb34e1481799ff531bc4cfec32a10f23c4a8";
