/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "a06321263dacbe2e7e6a52807fdfc6ca1dd6410096fba854627e027579603b98";
