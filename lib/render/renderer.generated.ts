/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "2bfa5dcf50a6b905e25aae396c0e85cc8f7f1bd176942a7cf7b8c344987ce383";
