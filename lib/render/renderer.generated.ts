/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "85112a2c2e415ee04f20839efe3ffc4fee85909e6143c7ce85842c46a1a0ec9d";
