/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "e554125ca653bc32b1239a720766081a0e6544b4fd3628fc47ffa32d56ef3b0e";
