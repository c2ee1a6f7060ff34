import type { Metadata } from "../dataset/metadata.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import type { Format } from "./format.ts";
import { FORMATS } from "./formats.ts";

/** The metadata that file names are derived from. */
export interface NamedTables {
  metadata: Pick<Metadata, "name">;
  plans: readonly TablePlan[];
  formats?: readonly string[] | undefined;
}

/** The formats of a dataset; all formats if they are not decided yet. */
export const datasetFormats = ({ formats }: NamedTables, known: readonly Format[] = FORMATS): readonly Format[] =>
  formats ? known.filter(({ name }) => formats.includes(name)) : known;
