/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "4a787392ab69f17a752993a68873b59a94c107b36c0bb895afc91d0a67f34b43";
