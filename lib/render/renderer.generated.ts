/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "3554767d4b288c20fa5e0a5acfa21b76ae86a25d7bae4e9b445feb719a770f47";
