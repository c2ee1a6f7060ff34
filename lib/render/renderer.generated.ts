/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "1cee210c8e08fa84b442887749fc73db19c35747905473ab567de6d6fcc020cf";
