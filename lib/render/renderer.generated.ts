/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "4993b979c437253ccb92419a33184bde3206fe839b4d59b915d7f7d6677f048b";
