import { plural } from "../../lib/contract/plural.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import { colors } from "../colors.ts";
import { out } from "../out.ts";
import type { CsvImport } from "./csv-import.ts";

/** Prints the created files, and the next steps. */
export function printNextSteps({ file, tableName, inferred }: CsvImport, folder: string, check: string): void {
  out(`
${colors.bold(folder)}
  ${tableName}.json  ${plural(inferred.rows, "record")}; this is the data now: ${escapeControlChars(file)} is no longer needed
  schema.json  types, required, primaryKey: change an inferred type here if it is too narrow; describe the rows and columns
  dataset.json  write the title, description and licence;
                with "release": {"version": "1.0.0"}, the next commit is published

To change a type or the key: remove ${folder}, and run this again with --text COLUMN (stays text) or --key COLUMN,COLUMN
  ${check}
  factpress start`);
}
