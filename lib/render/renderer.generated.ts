/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "d343fd5c76379078575f408a924437efad9b2e3f3e45e4a73fbf0f6b10337ece";
