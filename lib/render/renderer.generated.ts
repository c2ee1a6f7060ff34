/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "f6ffef2ba9ac2100ad2493534f11db89350c25077ad7a7c4df7cbbaac195309b";
