import { codeAddress } from "../code-address.ts";
import type { IcebergFormat } from "../format.ts";
import { PARQUET_README } from "./notes.ts";
import { pandasParquetCode } from "./pandas-parquet-code.ts";
import { parquetChanges } from "./parquet-changes.ts";
import { parquetIcebergColumns } from "./parquet-iceberg-columns.ts";

export const parquetFormat: IcebergFormat = {
  name: "parquet",
  extension: "parquet",
  mediaType: "application/vnd.apache.parquet",
  isText: false,
  isCompressedByCdn: false,
  label: "Parquet",
  hasInt64: true,
  isFeatured: true,
  scope: "table",
  isSlow: true,
  encoder: { name: "parquet", load: () => import("./encoder.ts") },
  caption: (_file, [one]) => `One row per ${one}, with types, lists and dates`,
  changes: parquetChanges,
  resource: ({ plan: { title, description } }) => ({ title, description }),
  readme: () => PARQUET_README,
  snippets: () => [
    { id: "pandas-parquet", name: "Python (pandas)", code: pandasParquetCode },
    { id: "duckdb", name: "SQL (DuckDB)", code: (url) => `SELECT * FROM read_parquet('${codeAddress(url)}');` },
  ],
  async open({ plan }, output) {
    const { openParquet } = await import("./open-parquet.ts");
    return openParquet(plan, output);
  },
  async finish({ plan }, unfinished, facts, output) {
    const { finishParquet } = await import("./open-parquet.ts");
    await finishParquet(plan, unfinished, facts, output);
  },
  icebergColumns: parquetIcebergColumns,
  async readStatistics(file) {
    const { readStatistics } = await import("./read-statistics.ts");
    return readStatistics(file);
  },
};
