/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "91d9ba55b775dba627b96d5e9d8dcf7d1e7273943110825101c4f987f8d9ed65";
