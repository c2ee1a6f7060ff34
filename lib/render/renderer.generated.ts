/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "baacf168ebdc91298d8963e17e873ff812d5bd3978ea117645102f0a51429c76";
