import type { EncoderRef } from "../../formats/format.ts";
import type { Labels } from "../../formats/labels.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import type { ByteEncoder } from "./byte-encoder.ts";
import { CellCountBytes } from "./cell-count-bytes.ts";
import { CsvBytes } from "./csv-bytes.ts";
import { ParquetBytes } from "./parquet-bytes.ts";
import type { ReadingState } from "./reading-state.ts";
import { SqlRowBytes } from "./sql-row-bytes.ts";
import { SqliteBytes } from "./sqlite-bytes.ts";

type ByteEncoderClass = new (plan: TablePlan, labels: Labels, state: ReadingState) => ByteEncoder;

/** The byte encoders by the name of the equivalent encoder. */
export const BYTE_ENCODER_CLASSES: ReadonlyMap<string, ByteEncoderClass> = new Map<string, ByteEncoderClass>([
  ["cell-counts", CellCountBytes],
  ["csv", CsvBytes],
  ["sql-rows", SqlRowBytes],
  ["sqlite", SqliteBytes],
  ["parquet", ParquetBytes],
]);

/** Whether the byte engine needs no objects for an encoder of this package. For JSON it uses the texts of the batch. */
export const encodesWithoutObjects = ({ name, module }: EncoderRef): boolean =>
  module === undefined && (name === "json" || name === "ndjson" || BYTE_ENCODER_CLASSES.has(name));
