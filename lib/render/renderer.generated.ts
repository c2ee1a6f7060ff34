/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "b922b6b1fa54720db2574727311fa4fd9dec0845f8fa67d6237229e837ca6992";
