/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "321754d5ac894d0c6ed8784bf0af77407bc522b1b7bc96f0bb3ef2cae21acc7a";
