/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "d721fa99854b691ec3d72cdfd25134a90e304a742c8d70e6c55b940293db33dd";
