/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "2cfb374a1b190901da1573f0fb19821df8ef1a9ed256870a56b4a2a2cad805dc";
