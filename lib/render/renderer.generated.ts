/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "9aad089ba414531b7eb687e9f424a27a40be691e1547e3eaee32586c047fcabd";
