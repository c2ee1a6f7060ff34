/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "957594c41ac38a28e430e7daffcf2def7a8a2e19ed4578ff07bb552e3c8c88cb";
