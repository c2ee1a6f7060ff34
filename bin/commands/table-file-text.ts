import { type InferredTable, inferredRecords } from "../../lib/csv-import/infer-table.ts";

/** Yields the formatted text of a file with the records. */
export async function* tableFileText(inferred: InferredTable): AsyncGenerator<string> {
  let before = "[\n";
  for await (const record of inferredRecords(inferred)) {
    yield `${before}  ${JSON.stringify(record, null, 2).replaceAll("\n", "\n  ")}`;
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}
