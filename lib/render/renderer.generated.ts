/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "dfd011ce09dbf90988f57f6e069fb5812dfd3bdb49dad79aa306be251fa5076d";
