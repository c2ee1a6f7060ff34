/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "abc7404dccbcf17518b5b7692224f9b85a450679fedced875e01dca0ff41c51b";
