import type { FileStatistics, GroupStatistics } from "../format.ts";
import { readThrift, type ThriftFields, type ThriftValue } from "./read-thrift.ts";

/** Size of the end of a Parquet file: length of the footer, and magic number. */
export const TAIL_BYTES = 8;

/** The length of the footer, from the last bytes of a file; undefined if it is not a Parquet file. */
export const readFooterLength = (tail: Buffer): number | undefined =>
  tail.subarray(-4).toString("latin1") === "PAR1" ? tail.readUInt32LE(tail.length - TAIL_BYTES) : undefined;

const struct = (value: ThriftValue | undefined): ThriftFields => (value instanceof Map ? value : new Map());
const list = (value: ThriftValue | undefined): ThriftValue[] => (Array.isArray(value) ? value : []);
const number = (value: ThriftValue | undefined): number => (typeof value === "number" ? value : 0);
const bytes = (value: ThriftValue | undefined): Buffer | undefined => (Buffer.isBuffer(value) ? value : undefined);

/** Parses the output of our own `encodeFooterStart` and `encodeFooterGroups` (parquet.thrift, FileMetaData). Throws `ThriftError`. */
export function readFooter(footer: Buffer): FileStatistics {
  const file = readThrift(footer);
  const columns = new Map<string, GroupStatistics[]>();
  for (const group of list(file.get(4)))
    for (const chunk of list(struct(group).get(1))) {
      const meta = struct(struct(chunk).get(3));
      const [name, ...inner] = list(meta.get(3)).map((part) => String(bytes(part)));
      if (name === undefined || inner.length > 0) continue;
      const statistics = struct(meta.get(12));
      const one = { nulls: number(statistics.get(3)), max: bytes(statistics.get(5)), min: bytes(statistics.get(6)) };
      columns.set(name, [...(columns.get(name) ?? []), one]);
    }
  return { records: number(file.get(3)), columns };
}
