/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "8836449d9599fbee71ed88e44b012b2263fbdd87e4abc2df9e41bd0be8b10384";
