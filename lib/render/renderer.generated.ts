/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "411ce808a174ba809145683b472e513f0035e542f5d5ef5dbe8030a933966c15";
