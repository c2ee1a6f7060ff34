/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "4318c3582bb2d770283aa147123a56c3b902391d596bb3ac579defc564d4a309";
