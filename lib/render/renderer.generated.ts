/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "642cd8c5b710a147633f922376dd7882edfee4d45cc1a3be722754ae4470ff00";
