/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "4db3f0a74650c8e8874ad0c40d14569991e207fad643f0a24c6279cc161b5d51";
