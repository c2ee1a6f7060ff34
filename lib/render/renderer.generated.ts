/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "410f980e5ea0a399ea2b6c7b6d953922aa7fd8711117f7e8837dab0749f62a86";
