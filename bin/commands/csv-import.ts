import type { InferredTable } from "../../lib/csv-import/infer-table.ts";
import type { CsvTable } from "../../lib/ports/ports.ts";
import type { Schema } from "../../lib/schema/schema.ts";

/** A CSV file, and the table inferred from it. */
export interface CsvImport {
  file: string;
  title: string;
  tableName: string;
  table: CsvTable;
  inferred: InferredTable;
  schema: Schema;
}
