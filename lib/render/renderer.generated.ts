/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "3892098d982581cd7e3d46403f91fc44aec88dd054af4dd53d26357a5c73482c";
