/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "2619842936b2ee69b64ce3ad23f78bccf461692ac70d71ae752e144cc9f12ab7";
