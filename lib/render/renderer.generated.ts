/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "1ba13f918e8d468b1443f9b737fe482f01053703a310b1ce37d87b039d7aa9a1";
