/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "9b77f840cb860cd7a89390489096a06f95b35835b4153cee9d17c76128ebfb59";
