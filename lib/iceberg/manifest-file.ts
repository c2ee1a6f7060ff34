import type { IcebergColumns } from "../formats/iceberg-columns.ts";
import { type AvroField, type AvroSchema, type AvroValue, avroFile } from "./avro-file.ts";
import type { ColumnMetrics } from "./column-metrics.ts";
import { icebergSchema } from "./iceberg-schema.ts";

/** A snapshot in its manifest and manifest list. */
export interface Snapshot {
  id: number;
  /** Position of its release in the catalogue, from 1. */
  sequence: number;
  schemaId: number;
}

/** The only data file of a snapshot: the Parquet file of its release. */
export interface DataFile {
  url: string;
  bytes: number;
  records: number;
  metrics: readonly ColumnMetrics[];
}

const field = (id: number, name: string, type: AvroSchema): AvroField => ({ name, type, "field-id": id });
const optional = (id: number, name: string, type: AvroSchema): AvroField => ({ name, type: ["null", type], default: null, "field-id": id });

/** A map by column id, which Iceberg encodes in Avro as a list of pairs. */
const byColumn = (id: number, name: string, key: number, type: AvroSchema): AvroField =>
  optional(id, name, {
    type: "array",
    logicalType: "map",
    items: { type: "record", name: `k${key}_v${key + 1}`, fields: [field(key, "key", "int"), field(key + 1, "value", type)] },
  });

/** Table Spec, Manifests: the required fields, and the metrics that Parquet files have. */
const ENTRY: AvroSchema = {
  type: "record",
  name: "manifest_entry",
  fields: [
    field(0, "status", "int"),
    optional(1, "snapshot_id", "long"),
    optional(3, "sequence_number", "long"),
    optional(4, "file_sequence_number", "long"),
    field(2, "data_file", {
      type: "record",
      name: "r2",
      fields: [
        field(134, "content", "int"),
        field(100, "file_path", "string"),
        field(101, "file_format", "string"),
        field(102, "partition", { type: "record", name: "r102", fields: [] }),
        field(103, "record_count", "long"),
        field(104, "file_size_in_bytes", "long"),
        byColumn(109, "value_counts", 119, "long"),
        byColumn(110, "null_value_counts", 121, "long"),
        byColumn(125, "lower_bounds", 126, "bytes"),
        byColumn(128, "upper_bounds", 129, "bytes"),
      ],
    }),
  ],
};

/** Table Spec, Manifest Lists. */
const LIST: AvroSchema = {
  type: "record",
  name: "manifest_file",
  fields: [
    field(500, "manifest_path", "string"),
    field(501, "manifest_length", "long"),
    field(502, "partition_spec_id", "int"),
    field(517, "content", "int"),
    field(515, "sequence_number", "long"),
    field(516, "min_sequence_number", "long"),
    field(503, "added_snapshot_id", "long"),
    field(504, "added_files_count", "int"),
    field(505, "existing_files_count", "int"),
    field(506, "deleted_files_count", "int"),
    field(512, "added_rows_count", "long"),
    field(513, "existing_rows_count", "long"),
    field(514, "deleted_rows_count", "long"),
  ],
};

const ADDED = 1;

const pairs = (metrics: readonly ColumnMetrics[], pick: (column: ColumnMetrics) => AvroValue | undefined): AvroValue =>
  metrics.flatMap((column) => {
    const value = pick(column);
    return value === undefined ? [] : [{ key: column.id, value }];
  });

/** The manifest of a snapshot, with one data file and its column metrics. */
export function manifestFile({ id, schemaId }: Snapshot, columns: IcebergColumns, { url, bytes, records, metrics }: DataFile): Buffer {
  const metadata = {
    schema: JSON.stringify(icebergSchema(columns, schemaId)),
    "schema-id": String(schemaId),
    "partition-spec": "[]",
    "partition-spec-id": "0",
    "format-version": "2",
    content: "data",
  };
  const data_file = {
    content: 0,
    file_path: url,
    file_format: "PARQUET",
    partition: {},
    record_count: records,
    file_size_in_bytes: bytes,
    value_counts: pairs(metrics, ({ values }) => values),
    null_value_counts: pairs(metrics, ({ nulls }) => nulls),
    lower_bounds: pairs(metrics, ({ lower }) => lower),
    upper_bounds: pairs(metrics, ({ upper }) => upper),
  };
  // Readers use the manifest list for missing sequence numbers.
  return avroFile(ENTRY, metadata, [{ status: ADDED, snapshot_id: id, data_file }]);
}

/** The manifest list of a snapshot, with one manifest. */
export function manifestListFile({ id, sequence }: Snapshot, manifest: { url: string; bytes: number }, records: number): Buffer {
  const metadata = { "snapshot-id": String(id), "parent-snapshot-id": "null", "sequence-number": String(sequence), "format-version": "2" };
  const one = {
    manifest_path: manifest.url,
    manifest_length: manifest.bytes,
    partition_spec_id: 0,
    content: 0,
    sequence_number: sequence,
    min_sequence_number: sequence,
    added_snapshot_id: id,
    added_files_count: 1,
    existing_files_count: 0,
    deleted_files_count: 0,
    added_rows_count: records,
    existing_rows_count: 0,
    deleted_rows_count: 0,
  };
  return avroFile(LIST, metadata, [one]);
}
