/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "e9c6d787361fdbe0112496217aa3b62e39e35040457193cbee2e6b5d4c56670e";
