/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "29ed5d96e3ba5ceac26e211a2ed5999950183b47d93a7963e0b67a6797f4ad79";
