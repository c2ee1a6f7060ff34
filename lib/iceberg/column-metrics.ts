import type { FileStatistics, GroupStatistics } from "../formats/format.ts";
import type { IcebergField } from "../formats/iceberg-columns.ts";
import { lowerText, upperText } from "../formats/lower-text.ts";

/** Maximum bytes of a text in bounds: Iceberg's default, `truncate(16)`. */
const MAX_BYTES = 16;

/** The metrics of a column in a manifest. */
export interface ColumnMetrics {
  id: number;
  values: number;
  nulls: number;
  /** Iceberg, Table Spec, Appendix D: single-value serialization. */
  lower?: Buffer;
  upper?: Buffer;
}

/** Returns a function that compares values in the encoding of Parquet statistics. */
function comparison(type: string): (a: Buffer, b: Buffer) => number {
  if (type === "double") return (a, b) => a.readDoubleLE() - b.readDoubleLE();
  if (type === "date") return (a, b) => a.readInt32LE() - b.readInt32LE();
  if (type === "long" || type.startsWith("decimal"))
    return (a, b) => a.readInt32LE(4) - b.readInt32LE(4) || a.readUInt32LE() - b.readUInt32LE();
  return (a, b) => a.compare(b);
}

/** A decimal is big-endian, with as few bytes as possible; other types are encoded as in Parquet. */
function serialized(type: string, value: Buffer): Buffer {
  if (!type.startsWith("decimal")) return value;
  const bytes = Buffer.from(value).reverse();
  let start = 0;
  const isSign = (i: number): boolean => bytes[i] === ((bytes[i + 1] as number) >= 128 ? 255 : 0);
  while (start < bytes.length - 1 && isSign(start)) start += 1;
  return bytes.subarray(start);
}

/** The lowest and highest bound of all row groups, except for row groups without values. */
function boundsOf(type: string, chunks: readonly GroupStatistics[]): { lower: Buffer; upper: Buffer } | undefined {
  const known = chunks.filter((chunk): chunk is GroupStatistics & { min: Buffer; max: Buffer } => !!chunk.min && !!chunk.max);
  if (known.length === 0) return undefined;
  const compare = comparison(type);
  const min = known.map((chunk) => chunk.min).reduce((least, value) => (compare(value, least) < 0 ? value : least));
  const max = known.map((chunk) => chunk.max).reduce((most, value) => (compare(value, most) > 0 ? value : most));
  if (type === "string") return { lower: lowerText(min, MAX_BYTES), upper: upperText(max, MAX_BYTES) };
  return { lower: serialized(type, min), upper: serialized(type, max) };
}

/** The metrics of a Parquet file by column. Lists have no metrics, as in files of other writers. */
export function columnMetrics(fields: readonly IcebergField[], { records, columns }: FileStatistics): ColumnMetrics[] {
  return fields.flatMap(({ id, name, type }) => {
    const chunks = columns.get(name) ?? [];
    if (typeof type !== "string" || chunks.length === 0) return [];
    const nulls = chunks.reduce((sum, chunk) => sum + chunk.nulls, 0);
    return [{ id, values: records, nulls, ...boundsOf(type, chunks) }];
  });
}
