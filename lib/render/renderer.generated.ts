/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "6f22d99b6bfd248fdd58ac6224b9daab8487f1ab7bc1ea4566fdd1c61d89cf20";
