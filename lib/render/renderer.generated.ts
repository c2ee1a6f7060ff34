/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "2c12de32a46db81df6ba7d271a4a20e97acc699e21bcb8b882542eedeb3de01b";
