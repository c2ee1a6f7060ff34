/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "5fcde57e7bb8edac4154e657b74aa2679efdf85aadbc1b9070bef388b8942cc6";
