/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "389186cff34fff84d22d2bf5fcbe931adcdd0f72c3d2d1378408f2e47f6ff206";
