/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "b252d7dac3e43eef2beb8c9c2b32e256bac6e9ed3e987059160b8e14460104f1";
