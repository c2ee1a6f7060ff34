import type { TableScan } from "./table-scan.ts";

export const omittedColumnNotes = ({ columns }: TableScan): string[] =>
  columns.flatMap(({ header, statistics }, i) =>
    header.trim() === "" && statistics.isEmpty ? [`Column ${i + 1} was skipped: it has no header and no values`] : [],
  );
