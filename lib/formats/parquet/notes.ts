export const PARQUET_README = [
  "The Parquet files have the same columns with types: whole numbers, numbers, true and false, dates; lists are lists, and values of",
  "several kinds are JSON text. A date that is known to the year or month only is text, with its first and last day beside it as dates.",
];
