import { RecordBatches } from "../json/record-batches.ts";
import type { ReadableDataset } from "../ports/readable-dataset.ts";

/** A new dataset with more bytes of JSON, or more records, is large: it is published only in CSV, NDJSON and Parquet (docs/formats.md). */
export const LARGE_DATASET_BYTES = 8 * 1024 * 1024;
export const LARGE_DATASET_RECORDS = 100_000;

/** `{},` */
const MIN_RECORD_BYTES = 3;

interface DatasetSize {
  bytes: number;
  /** Of all tables together. */
  records: number;
}

const isLarge = ({ bytes, records }: DatasetSize): boolean => bytes > LARGE_DATASET_BYTES || records > LARGE_DATASET_RECORDS;

/** Whether the files of a dataset are large. Reads them only if their size does not answer it. */
export async function isLargeDataset({ dataset, source }: ReadableDataset): Promise<boolean> {
  const tables = new Set([...dataset.files.values()].flat());
  const files = (await source.list()).filter(({ path }) => tables.has(path));
  const size = { bytes: files.reduce((sum, file) => sum + file.bytes, 0), records: 0 };
  if (isLarge(size)) return true;
  if (size.bytes <= LARGE_DATASET_RECORDS * MIN_RECORD_BYTES) return false;
  for (const { path } of files) {
    const cutter = new RecordBatches();
    for await (const chunk of source.read(path)) cutter.push(chunk);
    cutter.end();
    size.records += cutter.recordCount;
  }
  return isLarge(size);
}
