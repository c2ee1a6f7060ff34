/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "cedcbc7549b700d4e967356046f1418d47cf3268976a2b448e6c81e5ec82320d";
