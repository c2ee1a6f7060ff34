/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "fe0d5258fcd23188eac17c4d8c886f125bbb76ad18d05d1ab461f3aaf6338bd9";
