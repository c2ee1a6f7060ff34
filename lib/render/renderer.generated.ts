/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "ca2a34362eaddd8beaa19515be818f8b09c36d55d92068db90d93a52e1635f80";
