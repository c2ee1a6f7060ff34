/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "39a25d55cfc23a3647db1a9a89cb178d7d59f32e0072727aac9276257e8aa3f2";
