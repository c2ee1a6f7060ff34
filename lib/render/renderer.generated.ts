/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "8aea1eecc32b846e231e550de5ccaf030e7e509a84d38e73ad9b55dfe19b852b";
