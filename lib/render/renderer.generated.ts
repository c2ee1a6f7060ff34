/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "1b9ba33d228eb7d87ed6e307e775954eabd4d84d6ed3dffa88a619a1fcbc954c";
