/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "35d1fb509838e2c237682e83340b208e7812e4ad19b584203e88e9e3608a91b2";
