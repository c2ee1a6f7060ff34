/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "a8f138837f35b89bb0596e33ba9992279f78a97eb27516ddd5b755de12ee73aa";
