import type { CreateEncoder } from "../format.ts";

/** Records separated by a comma and a line break. */
export const createEncoder: CreateEncoder =
  ({ name }) =>
  ({ lines }) => [{ table: name, rows: lines.length, chunks: lines.length > 0 ? [Buffer.from(lines.join(",\n"))] : [] }];
