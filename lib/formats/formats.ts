import type { TablePlan } from "../schema/table-plan.ts";
import { csvFormat } from "./csv/csv-format.ts";
import type { Format, FormatFile, IcebergFormat, ResourceEntry } from "./format.ts";
import { datasetJsonFormat, jsonFormat } from "./json/json-format.ts";
import { ndjsonFormat } from "./ndjson/ndjson-format.ts";
import { parquetFormat } from "./parquet/parquet-format.ts";
import { sqliteFormat } from "./sqlite/sqlite-format.ts";
import { xlsxFormat } from "./xlsx/xlsx-format.ts";
import { zipFormat } from "./zip/zip-format.ts";

/** Every format, in the order in which a release lists its files. */
export const FORMATS: readonly Format[] = [
  csvFormat,
  jsonFormat,
  ndjsonFormat,
  parquetFormat,
  datasetJsonFormat,
  sqliteFormat,
  xlsxFormat,
  zipFormat,
];

/** The format from which the records of a release are read back: one record per line. */
export const RECORDS_FORMAT: Format = ndjsonFormat;

/** The format whose lines are the rows on pages. */
export const ROWS_FORMAT: Format = csvFormat;

/** The format of the data files of Apache Iceberg tables. */
export const ICEBERG_FORMAT: IcebergFormat = parquetFormat;

export const formatFileCaption = (file: FormatFile, noun: readonly [one: string, many: string]): string =>
  "plan" in file ? file.format.caption(file, noun) : file.format.caption;

export const formatFileResource = (file: FormatFile, plans: readonly TablePlan[]): ResourceEntry =>
  ("plan" in file ? file.format.resource?.(file, plans) : file.format.resource) ?? {};
