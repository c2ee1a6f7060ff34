/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "3719123d1cc3560a158aeaac8a578a294bbdc2bc720e79c7c39f1b6d44e3d80e";
