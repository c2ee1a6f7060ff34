/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "d24e6a17192936ed068f711d81636cb12b5b8cfe3a034dc8df922defb1a8e596";
