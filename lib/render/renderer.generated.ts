/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "810b6e3e80c8dfc0dc3b416356c4ae2ff096d22003a9cdef0495409adfdce949";
