/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "b9b033c50b8f4ae8352dfa5e48af9a6256adbc90d9c98e5978fc778ad848a47a";
