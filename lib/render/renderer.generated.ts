/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "0f601104940c4ae0403d4ac2b88a88f84c2627c49ada2de66f54bfeac1fc618b";
