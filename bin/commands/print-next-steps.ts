import { plural } from "../../lib/contract/plural.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import { colors } from "../colors.ts";
import { out } from "../out.ts";
import type { CsvImport } from "./csv-import.ts";

/** Prints the created files, and the next steps. */
export function printNextSteps({ file, tableName, inferred }: CsvImport, folder: string, check: string): void {
  out(`
${colors.bold(folder)}
  ${tableName}.json  ${plural(inferred.rows, "record")}: from now on these are the data, and ${escapeControlChars(file)} can go
  schema.json  types, required, primaryKey: where an inferred type is too narrow, change it here; say what a row and each column is
  dataset.json  title, description and licence are yours to write;
                with "release": {"version": "1.0.0"}, the next commit is published

To change a type or the key: remove ${folder}, and run this again with --text COLUMN (stays text) or --key COLUMN,COLUMN
  ${check}
  factpress start`);
}
