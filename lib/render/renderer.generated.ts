/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "f90cd5dbe26a5722c00b7f147cbb95d14235519972ee74f11e6afc2dc91c324f";
