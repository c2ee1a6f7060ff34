import type { CreateEncoder } from "../format.ts";
import { ColumnEncoder } from "./column-encoder.ts";

/** Records by column, as one chunk that `readColumnBatch` parses. */
export const createEncoder: CreateEncoder = (plan) => {
  const encoder = new ColumnEncoder(plan);
  return ({ records, labels }) => {
    // Remove the records of a previous batch that could not be encoded.
    encoder.clear();
    for (const record of records) encoder.add(record, labels);
    return [{ table: plan.name, rows: records.length, chunks: records.length > 0 ? [encoder.take()] : [] }];
  };
};
