/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "c5cfb86398ff61509f202ee89b6a1222156dd3918c0a2b9867a9b4917526fb95";
