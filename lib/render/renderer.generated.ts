/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "46dbfbba45b1925dc105418cd574b30fcd09ba14f939baabf64a477b6b880dd9";
