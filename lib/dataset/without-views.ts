import type { Dataset } from "./dataset.ts";
import { isView } from "./view.ts";

/** The tables of a dataset that are not views, and the schema as in schema.json. */
export function withoutViews(dataset: Dataset): Pick<Dataset, "plans" | "files" | "schema"> {
  const { plans, files, schema, views } = dataset;
  if (views.length === 0) return { plans, files, schema };
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => !isView(dataset, name));
  return {
    plans: plans.filter(({ name }) => !isView(dataset, name)),
    files,
    schema: { ...schema, properties: Object.fromEntries(properties) },
  };
}
