import { bytesOf } from "../kernel/bytes-of.ts";
import type { CreateEncoder } from "./format.ts";
import { valueAt } from "./value-at.ts";

/** For each column two numbers of four bytes: the records with a value there, and those in which it is an empty text. */
export const createEncoder: CreateEncoder =
  ({ name, columns }) =>
  ({ records }) => {
    const counts = columns.flatMap(({ path }) => {
      const values = records.map((record) => valueAt(record, path)).filter((value) => value !== undefined && value !== null);
      return [values.length, values.filter((value) => value === "").length];
    });
    return [{ table: name, rows: records.length, chunks: records.length > 0 ? [bytesOf(Uint32Array.from(counts))] : [] }];
  };
