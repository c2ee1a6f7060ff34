/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "191c3ff4bb4ef35af80708276ab6efa46bc6b982aa7d9235512a933ac56cc05a";
