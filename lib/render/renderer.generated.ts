/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "c69ce97ba33b4966cab12603df6672e9d2f4c4a8d207b2611f348bac094904ca";
