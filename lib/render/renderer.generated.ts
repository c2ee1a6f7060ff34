/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "68ce1d9ad4477185c7a14da5c1a5fe3fc939862ca14d890e096be369a6b44a59";
