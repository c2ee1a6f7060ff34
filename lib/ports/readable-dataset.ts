import type { Dataset, Tables } from "../dataset/dataset.ts";
import type { Source } from "./ports.ts";
import type { Runtime } from "./runtime.ts";

/** A dataset, the source of its records, and the environment that reads them. */
export interface ReadableDataset<Read extends Tables = Dataset> {
  dataset: Read;
  source: Source;
  runtime: Runtime;
}
