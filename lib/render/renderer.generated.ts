/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "3555d0b72ae3bc84eeecfde1380983b983023db792f8ba6a124d71f42276a567";
