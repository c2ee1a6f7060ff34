import type { CreateEncoder } from "../format.ts";

/** Lines of NDJSON: one record per line. */
export const createEncoder: CreateEncoder =
  ({ name }) =>
  ({ lines }) => [{ table: name, rows: lines.length, chunks: lines.length > 0 ? [Buffer.from(`${lines.join("\n")}\n`)] : [] }];
