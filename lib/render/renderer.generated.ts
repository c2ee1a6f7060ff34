/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "6345bd941fd3758256695fd0a8505a05367a7f753efe95783e9e3934d39e7fe7";
