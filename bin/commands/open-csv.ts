import { stat } from "node:fs/promises";
import { csvFile } from "../../lib/adapters/folder/csv-file.ts";
import { ifExists } from "../../lib/adapters/folder/if-exists.ts";
import { fileProblem } from "../../lib/diagnostics/problem.ts";
import type { CsvTable } from "../../lib/ports/ports.ts";
import { UnreadableSourceError } from "../../lib/ports/unreadable-source-error.ts";
import { UsageError } from "../usage-error.ts";
import { printRefusal } from "./print-refusal.ts";

/** Opens a CSV file. Returns undefined if the file is invalid, after printing the reason. */
export async function openCsv(path: string): Promise<CsvTable | undefined> {
  const found = await ifExists(stat(path));
  if (!found) throw new UsageError(`There is no file ${path}`);
  if (found.isDirectory()) throw new UsageError(`${path} is a folder; --from expects a CSV file`);
  if (!found.isFile()) throw new UsageError(`${path} is not a regular file; --from reads its file twice, so save it first`);
  try {
    return await csvFile(path);
  } catch (error) {
    if (!(error instanceof UnreadableSourceError)) throw error;
    return printRefusal([fileProblem(path, error.message)]);
  }
}
