/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "e4cdf4abcdd220ccb65de2c5e313483d8c313db21090775f5e037dfd6a92f233";
