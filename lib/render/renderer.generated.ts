/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "3bec8999c5fc054a2ea87358b7730004cb4b751ffe89fa27b0a6737cc8e5f4de";
