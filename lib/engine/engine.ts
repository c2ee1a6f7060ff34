import { isUtf8 } from "node:buffer";
import { isObject } from "../contract/is-object.ts";
import { recordKey } from "../contract/record-key.ts";
import { internalProblem } from "../diagnostics/problem.ts";
import type { Encode, EncodedPart, EncoderRef } from "../formats/format.ts";
import type { Labels } from "../formats/labels.ts";
import { UnencodableError } from "../formats/unencodable-error.ts";
import type { JsonRecord, Value } from "../formats/value.ts";
import { parseJson } from "../json/parse-json.ts";
import type { Batch } from "../json/record-batches.ts";
import { compileLazily } from "../schema/compile-record.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { type BatchProblem, type BatchResult, emptyBatchResult } from "./batch-result.ts";
import { checkEachRecord } from "./check-each-record.ts";
import { decodeUtf8 } from "./decode-utf8.ts";
import { findKeyLines } from "./find-key-lines.ts";
import { findLargeNumbers } from "./find-large-numbers.ts";
import { findRecords, type Wanted } from "./find-records.ts";
import { isCanonicalBatch } from "./is-canonical-batch.ts";
import { isKeyValue } from "./is-key-value.ts";
import { KeyBatchBuilder } from "./key-batch.ts";
import type { KeyTable } from "./key-table.ts";
import { keysNotIn } from "./keys-not-in.ts";
import { notUtf8Problem } from "./not-utf8-problem.ts";
import type { PartMemory } from "./part-memory.ts";
import { recordReferenceColumns, recordReferences } from "./record-references.ts";
import { recordTexts } from "./record-texts.ts";

export type { BatchProblem, BatchResult } from "./batch-result.ts";

/** `index` reads keys and labels; `check` finds problems; `encode` also runs the encoders; `locate` also finds the lines of keys. */
export type Task = "index" | "check" | "encode" | "locate";

export interface Engine {
  /** The parts may use `memory`. */
  run(batch: Batch, task: Task, memory?: PartMemory): BatchResult;
  /** Finds the records of a batch that have one of these keys, or refer to one of these keys of another table. */
  find(batch: Batch, wanted: Wanted): (BatchProblem & { key: string })[];
}

/** The configuration of an engine, which processes one table. Plain data, because threads get a copy. */
export interface EngineSetup {
  plan: TablePlan;
  labels: Labels;
  /** The keys of referenced tables, if all keys are known. */
  keys?: ReadonlyMap<string, KeyTable>;
  encoders: readonly EncoderRef[];
}

/** The loaded encoders of a setup: name → function. */
export type LoadedEncoders = ReadonlyMap<string, Encode>;

/** Keys, labels and references of the records of a batch. */
function indexRecords(
  { plan, keys: known }: Pick<EngineSetup, "plan" | "keys">,
  records: readonly JsonRecord[],
): Pick<BatchResult, "keys" | "labels" | "references"> {
  const { labelColumn } = plan;
  const columns = recordReferenceColumns(plan);
  const keys = new KeyBatchBuilder(plan);
  const labels: [string, string][] = [];
  const references = new Map<string, Set<string>>(plan.referencedTables.map((table) => [table, new Set()]));
  for (const record of records) {
    const key = recordKey(plan, record);
    if (plan.primaryKey.every((name) => isKeyValue(record[name]))) {
      keys.addText(key);
      const label = labelColumn === undefined ? undefined : record[labelColumn];
      if (typeof label === "string") labels.push([key, label]);
    }
    for (const column of columns)
      for (const reference of recordReferences(record, column)) references.get(column.references as string)?.add(reference.key);
  }
  const missing = [...references].map(([table, found]) => [table, keysNotIn([...found], known?.get(table))] as const);
  return { keys: keys.take(), labels, references: new Map(missing) };
}

/** The simple engine, which uses objects, ajv and csv-stringify. Processes one batch at a time. */
export function createEngine(setup: Pick<EngineSetup, "plan" | "labels" | "keys">, encoders: LoadedEncoders = new Map()): Engine {
  const { plan, labels } = setup;
  const validator = compileLazily(plan.record);
  const findLarge = findLargeNumbers(plan);

  function index(text: string, whole: Value[] | undefined): BatchResult {
    const values = whole ?? recordTexts(text).map((part) => parseJson<Value>(part.text)?.value ?? null);
    const records = values.filter(isObject<JsonRecord>);
    const { keys, labels } = indexRecords(setup, records);
    return { ...emptyBatchResult(), records: records.length, unreadable: whole ? 0 : 1, keys, labels };
  }

  /** Whether all records of a batch are canonical and valid, so that no record has to be checked separately. */
  function isValid(batch: Batch, text: string, records: readonly JsonRecord[], lines: readonly string[]): boolean {
    const validate = validator();
    return isCanonicalBatch(batch, text, lines, plan.layout) && records.every((record) => validate(record) === true);
  }

  function encodeAll(records: readonly JsonRecord[], lines: readonly string[]): EncodedPart[] {
    return [...encoders].flatMap(([encoder, encode]) => encode({ records, lines, labels }).map((part) => ({ encoder, ...part })));
  }

  function run(batch: Batch, task: Task): BatchResult {
    if (!isUtf8(batch.bytes)) return { ...emptyBatchResult(), unreadable: 1, problems: [notUtf8Problem(batch)] };
    const text = decodeUtf8(batch.bytes);
    const whole = parseJson<Value[]>(`[${text}]`)?.value;
    if (task === "index") return index(text, whole);
    const records = whole?.every(isObject<JsonRecord>) ? whole : undefined;
    const lines = records?.map((record) => JSON.stringify(record)) ?? [];
    const { records: found, ...checked } =
      records && isValid(batch, text, records, lines)
        ? { records }
        : checkEachRecord(batch, text, { layout: plan.layout, validate: validator(), findLarge });
    const result = { ...emptyBatchResult(), ...checked, records: found.length, ...indexRecords(setup, found) };
    if (!records || result.problems.length > 0 || task === "check") return result;
    if (task === "locate") result.lines = findKeyLines(plan, batch, text);
    result.parts.push(...encodeAll(records, lines));
    return result;
  }

  function unencodable(batch: Batch, { record, field, message, remedy }: UnencodableError): BatchResult {
    const [{ line, column } = batch] = findRecords(plan, batch, { keys: new Set([recordKey(plan, record)]) });
    return { ...emptyBatchResult(), unreadable: 1, problems: [{ line, column, field, message, remedy }] };
  }

  return {
    run(batch, task) {
      try {
        return run(batch, task);
      } catch (error) {
        if (error instanceof UnencodableError) return unencodable(batch, error);
        // An internal error becomes a problem of the batch, with its location.
        const { line, column } = batch;
        return { ...emptyBatchResult(), unreadable: 1, problems: [{ line, column, ...internalProblem(error) }] };
      }
    },
    find: (batch, wanted) => findRecords(plan, batch, wanted),
  };
}
