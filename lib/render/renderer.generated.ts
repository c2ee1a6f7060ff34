/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "2c3e7888e08f6da10bf792985b922bb380a92ec97e3b1c9019ba6c332aa02af6";
