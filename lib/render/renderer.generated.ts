/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "ff2759dd8048d73abff1298d7ccf09cd73f5315d8c78a606de7e641cd7e2e1d8";
