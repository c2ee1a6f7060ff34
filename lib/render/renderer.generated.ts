/** Written by `npm run assets` from what lib/render/release-projections.ts imports; not to be edited. */
export const RENDERER = "5d564f50982fa0c7071e292f9a6a3b818feea358257b2df1fc35b1de752f2767";
