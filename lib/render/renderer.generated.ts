/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "232c8c06e28d4e564779b7fabe0eb309030e57bfb57d77150234e0737ee6ee32";
