/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "e30c29b0952afed21c5de8e4b0942bf7910ecd70bd7682c091896b30cb4d8067";
