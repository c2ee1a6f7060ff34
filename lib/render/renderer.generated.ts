/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "02147b79ac19a8b28944e7c42a9f8b6ffa2e42305a558f748a1afa7f96d13f00";
