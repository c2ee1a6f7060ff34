/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "d753254727170ee767f7543c2d72714b6db35678f99054793a17d200a9f03313";
