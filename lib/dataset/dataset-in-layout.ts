import type { Dataset } from "./dataset.ts";

/** The dataset with another layout. */
export const datasetInLayout = (dataset: Dataset, layout: number): Dataset => ({
  ...dataset,
  plans: dataset.plans.map((plan) => ({ ...plan, layout })),
});
