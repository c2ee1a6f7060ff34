import type { CreateEncoder } from "../format.ts";
import { ColumnEncoder } from "./column-encoder.ts";

/** Records by column: one chunk, as `readColumnBatch` reads it. */
export const createEncoder: CreateEncoder = (plan) => {
  const encoder = new ColumnEncoder(plan);
  return ({ records, labels }) => {
    // A record that cannot be encoded leaves nothing to the next batch.
    encoder.clear();
    for (const record of records) encoder.add(record, labels);
    return [{ table: plan.name, rows: records.length, chunks: records.length > 0 ? [encoder.take()] : [] }];
  };
};
