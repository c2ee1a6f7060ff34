import { UnknownColumnError } from "../../lib/csv-import/unknown-column-error.ts";
import { UsageError } from "../usage-error.ts";

/** Adds the file name to the error for an unknown column. */
export async function explainCsvColumns<T>(path: string, infer: () => Promise<T>): Promise<T> {
  try {
    return await infer();
  } catch (error) {
    if (error instanceof UnknownColumnError) throw new UsageError(`In ${path} ${error.message}`);
    throw error;
  }
}
