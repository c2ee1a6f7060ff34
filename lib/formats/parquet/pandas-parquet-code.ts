import { codeAddress } from "../code-address.ts";

/** Reads a Parquet file with pandas: the file has the types. */
export const pandasParquetCode = (url: string): string =>
  [
    "import pandas as pd  # pip install pandas pyarrow (pandas 2 or later)",
    "",
    `df = pd.read_parquet("${codeAddress(url)}", dtype_backend="numpy_nullable")`,
    "print(df.head())",
  ].join("\n");
