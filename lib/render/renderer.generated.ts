/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "b082b33a62010f4f1c05ae89be50eec40471307357de0815b71c58d89868ab32";
