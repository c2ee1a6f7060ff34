/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "313b2205c9b94be6fa14e5be7a9855b73807f5ddb8cc6925b3e413ea3003243d";
