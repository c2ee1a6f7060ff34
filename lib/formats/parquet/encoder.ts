import type { CreateEncoder } from "../format.ts";
import { columnEncoder } from "./column-batch.ts";

/** Records by column: one chunk, as `readColumnBatch` reads it. */
export const createEncoder: CreateEncoder = (plan) => {
  const encode = columnEncoder(plan);
  return ({ records, labels }) => [{ table: plan.name, rows: records.length, chunks: records.length > 0 ? [encode(records, labels)] : [] }];
};
