/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "384290599fd9b948b691c3b37e2db25014e115c2f250e811370bd7f789516797";
