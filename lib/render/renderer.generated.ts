/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "bc6a61cf1d6ef74efcdd04d955677419b2542b67c7342178a173a9918e3cf94b";
