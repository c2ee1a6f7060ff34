/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "90f8bca515a61afc8dde7101f8d189f6648be88a9960729fac96ef6552300896";
