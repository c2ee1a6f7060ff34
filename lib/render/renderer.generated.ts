/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "f6999e92ec10763fa5a8c35d8a54cb908419d84d23848111a06ea7475f5bb9f4";
