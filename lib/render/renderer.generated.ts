/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "b79ac0258048f114d29c4624a21db0c1ca22b120466dff0374290a7c70213744";
