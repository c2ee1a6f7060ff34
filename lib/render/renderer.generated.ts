/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "eea3e24ee4adba62cc16055500a0fa3eacebc63999688fb9f8691d380e8adb60";
