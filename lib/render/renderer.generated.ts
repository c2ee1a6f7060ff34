/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "9d77631e01b4a2b5dfda3c2c87d4354fb2c067525db0febb76a866fc259c3ac7";
