import { isObject } from "../contract/is-object.ts";
import { recordKey } from "../contract/record-key.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import type { JsonRecord, Value } from "../formats/value.ts";
import { locateProblems } from "../json/locate-problems.ts";
import { parseJson } from "../json/parse-json.ts";
import type { Batch } from "../json/record-batches.ts";
import { textPositions } from "../json/text-positions.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import type { BatchProblem } from "./batch-result.ts";
import { decodeUtf8 } from "./decode-utf8.ts";
import { recordReferenceColumns, recordReferencePath, recordReferences } from "./record-references.ts";
import { recordTexts } from "./record-texts.ts";

/** The keys of wanted records, or keys of another table that they refer to. */
export type Wanted = { keys: ReadonlySet<string> } | { table: string; keys: ReadonlySet<string> };

interface KeyPath extends ValueProblem {
  key: string;
}

/** The paths in a record where a wanted key is. */
function wantedPaths(plan: TablePlan, record: JsonRecord, wanted: Wanted): KeyPath[] {
  if (!("table" in wanted)) {
    const key = recordKey(plan, record);
    return wanted.keys.has(key) ? [{ path: [plan.primaryKey[0] as string], message: "", key }] : [];
  }
  return recordReferenceColumns(plan)
    .filter(({ references }) => references === wanted.table)
    .flatMap((column) =>
      recordReferences(record, column)
        .filter(({ key }) => wanted.keys.has(key))
        .map((reference) => ({ path: recordReferencePath(column, reference), message: "", key: reference.key })),
    );
}

/** Finds wanted keys in a batch, except in records that cannot be read. */
export function findRecords(plan: TablePlan, batch: Batch, wanted: Wanted): (BatchProblem & { key: string })[] {
  const text = decodeUtf8(batch.bytes);
  const position = textPositions(text, batch.line, batch.column);
  return recordTexts(text).flatMap((part) => {
    const record = parseJson<Value>(part.text)?.value;
    if (!isObject(record)) return [];
    const paths = wantedPaths(plan, record, wanted);
    const located = locateProblems(part.text, paths);
    return paths.map(({ key }, i) => {
      const { offset = 0, field } = located[i] ?? {};
      return { ...position(part.offset + offset), ...(field ? { field } : {}), message: "", key };
    });
  });
}
