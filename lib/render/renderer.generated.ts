/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "e26803013d91ba7d53710adda251cdd7c5ef3e92b5d21315e8876036f5539934";
