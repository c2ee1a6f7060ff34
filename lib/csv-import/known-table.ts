import type { Dataset } from "../dataset/dataset.ts";
import { withoutViews } from "../dataset/without-views.ts";
import type { JsonRecord } from "../formats/value.ts";
import { RecordBatches } from "../json/record-batches.ts";
import type { Source } from "../ports/ports.ts";
import { resolveSchema } from "../schema/resolve-schema.ts";
import type { Schema } from "../schema/schema.ts";
import { type KnownColumn, knownColumns } from "./known-column.ts";

/** A table of an existing dataset, which a CSV file may update. */
export interface KnownTable {
  name: string;
  /** Its only file. */
  file: string;
  columns: KnownColumn[];
  key: string[];
  schema: Schema;
  records(): AsyncIterable<JsonRecord>;
}

async function* recordsIn(source: Source, file: string): AsyncGenerator<JsonRecord> {
  const cutter = new RecordBatches();
  const parse = ({ bytes }: { bytes: Uint8Array }): JsonRecord[] => JSON.parse(`[${Buffer.from(bytes).toString("utf8")}]`) as JsonRecord[];
  for await (const chunk of source.read(file)) for (const batch of cutter.push(chunk)) yield* parse(batch);
  for (const batch of cutter.end()) yield* parse(batch);
}

/** The table that a CSV file updates: the table of that name, or the only one. Returns the reason if there is none. */
export function knownTable(dataset: Dataset, wanted: string, source: Source): KnownTable | string {
  const { plans, files, schema } = withoutViews(dataset);
  const plan = plans.find(({ name }) => name === wanted) ?? (plans.length === 1 ? plans[0] : undefined);
  if (!plan) return `it has no table called ${wanted}: name the file after one of ${plans.map(({ name }) => name).join(", ")}`;
  const [file, ...others] = files.get(plan.name) ?? [];
  if (file === undefined || others.length > 0) return `its table ${plan.name} is split over several files`;
  return {
    name: plan.name,
    file,
    columns: knownColumns(resolveSchema(schema.properties?.[plan.name] ?? {}, schema), schema),
    key: plan.primaryKey,
    schema,
    records: () => recordsIn(source, file),
  };
}
