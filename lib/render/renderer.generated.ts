/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "98329fcba2afadf914b39588affc0baefa94c19ffb2e5917c1924ffb03041a70";
