/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "4f257a8106365381b19e9590e9ccfa997c5864fca55900efe873ceb2224e51da";
