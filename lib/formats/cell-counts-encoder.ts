import { bytesOf } from "../kernel/bytes-of.ts";
import type { CreateEncoder } from "./format.ts";
import { valueAt } from "./value-at.ts";

/** For each column, two 32-bit numbers: the records with a value, and the records with an empty text. */
export const createEncoder: CreateEncoder =
  ({ name, columns }) =>
  ({ records }) => {
    const counts = columns.flatMap(({ path }) => {
      const values = records.map((record) => valueAt(record, path)).filter((value) => value !== undefined && value !== null);
      return [values.length, values.filter((value) => value === "").length];
    });
    return [{ table: name, rows: records.length, chunks: records.length > 0 ? [bytesOf(Uint32Array.from(counts))] : [] }];
  };
