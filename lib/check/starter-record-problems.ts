import { isObject } from "../contract/is-object.ts";
import { STARTER_RECORD } from "../dataset/placeholder-problems.ts";
import { fileRules } from "../diagnostics/rules/file-rules.ts";
import type { BatchProblem } from "../engine/batch-result.ts";
import { decodeUtf8 } from "../engine/decode-utf8.ts";
import { recordTexts } from "../engine/record-texts.ts";
import { parseJson } from "../json/parse-json.ts";
import type { Batch } from "../json/record-batches.ts";
import { textPositions } from "../json/text-positions.ts";
import type { TablePlan } from "../schema/table-plan.ts";

const { label, source } = STARTER_RECORD;
const COLUMNS = Object.keys(STARTER_RECORD);

/** Whether a table has the columns of the table of a new dataset. */
export const isStarterTable = ({ record }: TablePlan): boolean => COLUMNS.every((name) => record.properties?.[name] !== undefined);

/** An edited record has another name or source. */
const isStarterRecord = (record: unknown): boolean => isObject(record) && record["label"] === label && record["source"] === source;

/** Finds the record of a new dataset in a batch. Only batches with its name are parsed. Earlier versions overlooked it. */
export function starterRecordProblems({ bytes, line, column }: Pick<Batch, "bytes" | "line" | "column">): BatchProblem[] {
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(label)) return [];
  const text = decodeUtf8(bytes);
  const position = textPositions(text, line, column);
  return recordTexts(text)
    .filter((part) => isStarterRecord(parseJson(part.text)?.value))
    .map(({ offset }) => ({ ...position(offset), ...fileRules.placeholderRecord(label) }));
}
