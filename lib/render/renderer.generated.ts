/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "5ef6bec6b1eedef00dcc3875a4163e7c881fee208f255fe95ffb9fb2f6bee8d0";
