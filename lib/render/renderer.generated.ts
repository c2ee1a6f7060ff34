/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "7aa49cce46eddec4e0cb99be9dc18eb123a879d10d881693b30775235176fd99";
