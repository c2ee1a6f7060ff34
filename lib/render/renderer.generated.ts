/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "441d9a6118aa195ab4b157c7bc953b65a411fe8c130fdce3ffa23f471f363c26";
