/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "6128e3b505ebd628b3f47d14d5c29d62ed3cb123ce2667a0131e6ea3fa3f7d39";
