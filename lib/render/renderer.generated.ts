/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "342563da73d15f1f2045aa7552491c70b8f974b954e3a15070aff8512db4ad22";
