/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "a1d05d818848db3021b2c4a1363450b62db9d0eceb2cffef2b2baee4d61dcd55";
