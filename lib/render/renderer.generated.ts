/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "9e27250c49fad23ff885daf39cc662abb346728a82b711dd63aeca3afb601611";
