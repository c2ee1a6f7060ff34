/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "efafdc22d5924c7999ae79cd29214f906240cdc1df05633d5ddf3062a48b708a";
