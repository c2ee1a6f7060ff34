/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "e959e2480960b7ccc778fed1a28c82fd324c570977a3b4f8bfe4e3b503acc73c";
