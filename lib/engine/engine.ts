import { isUtf8 } from "node:buffer";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import { recordKey } from "../contract/record-key.ts";
import { mayHaveForbidden } from "../diagnostics/characters.ts";
import type { ColumnMismatch } from "../diagnostics/column-mismatch.ts";
import { mayBeDamaged } from "../diagnostics/damaged-text.ts";
import { internalError } from "../diagnostics/problem.ts";
import { type ValueProblem, valueProblems } from "../diagnostics/record-errors.ts";
import { jsonRules } from "../diagnostics/rules/json-rules.ts";
import type { Wording } from "../diagnostics/rules/rule.ts";
import { type JsonRecord, type Labels, type Value, valueAt } from "../formats/cells.ts";
import type { Encode, EncodedPart, EncoderRef } from "../formats/format.ts";
import { parseJson } from "../json/parse-json.ts";
import type { Batch } from "../json/record-batches.ts";
import { syntaxError } from "../json/syntax-error.ts";
import { lintJson, locateProblems, type TextProblem, textPositions } from "../json/text-positions.ts";
import { compileRecord } from "../schema/record-validator.ts";
import type { Column, TablePlan } from "../schema/table-plan.ts";

/** A problem in a batch; the file is known to whoever cut it. */
export interface BatchProblem extends Wording {
  line: number;
  column: number;
  field?: string;
  mismatch?: ColumnMismatch;
}

/** A batch is not checked further after this many problems: they have few causes, and each takes time and memory. */
const MAX_BATCH_PROBLEMS = 20_000;

export interface BatchResult {
  seq: number;
  records: number;
  /** Records that could not be read: their keys are not among `keys`. */
  unreadable: number;
  /** The batch has so many problems that the rest of it was not checked. */
  stopped: boolean;
  problems: BatchProblem[];
  /** What only looks wrong. */
  warnings: BatchProblem[];
  /** The primary key of each record that could be read. */
  keys: string[];
  /** Keys of other tables that records refer to, each once. */
  references: Map<string, string[]>;
  /** Key → label, where they are asked for. */
  labels: [string, string][];
  /** What the encoders made of the records; empty where the batch has problems or the task is not to encode. */
  parts: EncodedPart[];
  /** The line of each key of `keys`; empty unless the task is to locate. */
  lines: number[];
}

/**
 * `index` reads keys and labels only; `check` finds problems; `encode` runs the encoders as well; `locate` also finds the line of
 * each key.
 */
export type Task = "index" | "check" | "encode" | "locate";

export interface Engine {
  run(batch: Batch, task: Task): BatchResult;
  /** The places where records of a batch have one of these keys, or refer to one of a table's. */
  find(
    batch: Batch,
    what: { keys: ReadonlySet<string> } | { table: string; keys: ReadonlySet<string> },
  ): (BatchProblem & { key: string })[];
}

/** What an engine is made for: one table. Plain data: threads get a copy. */
export interface EngineSetup {
  plan: TablePlan;
  labels: Labels;
  encoders: readonly EncoderRef[];
}

/** The encoders of a setup as they were loaded: name → function. */
export type LoadedEncoders = ReadonlyMap<string, Encode>;

/** The texts of the records in a batch, and where each starts. */
function recordTexts(text: string): { offset: number; text: string }[] {
  const found: { offset: number; text: string }[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i += 1) {
    const c = text[i];
    if (c === '"') {
      for (i += 1; i < text.length && text[i] !== '"'; i += 1) if (text[i] === "\\") i += 1;
      // A text that is not closed ends with the batch.
      i = Math.min(i, text.length - 1);
    } else if (c === "{" || c === "[") depth += 1;
    else if (c === "}" || c === "]") depth -= 1;
    else if (c === undefined || (c === "," && depth === 0)) {
      const lead = /^\s*/.exec(text.slice(start, i))?.[0].length ?? 0;
      found.push({ offset: start + lead, text: text.slice(start + lead, i) });
      start = i + 1;
    }
  }
  return found;
}

const decode = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
/** What is no key at all, as an object, has a problem of its own: it is not looked for. */
const isKey = (value: Value | undefined): value is string | number | boolean =>
  value !== undefined && value !== null && typeof value !== "object";
/** A value of another type than its column's has a problem of its own, and refers to nothing. */
const refersAs = ({ type }: Column, value: Value | undefined): value is string | number | boolean =>
  isKey(value) &&
  (type === "string" ? typeof value === "string" : type !== "integer" && type !== "number" ? true : typeof value === "number");
const isRecord = (value: Value): value is JsonRecord => typeof value === "object" && value !== null && !Array.isArray(value);

function notUtf8(batch: Batch): BatchProblem {
  const text = new TextDecoder("latin1").decode(batch.bytes);
  let bad = 0;
  for (let low = 0, high = batch.bytes.length; low < high; ) {
    const middle = (low + high) >> 1;
    let cut = middle + 1;
    while (cut > low && ((batch.bytes[cut] ?? 0) & 0xc0) === 0x80) cut -= 1;
    if (isUtf8(batch.bytes.subarray(0, cut))) {
      bad = cut;
      low = middle + 1;
    } else high = middle;
  }
  return { ...textPositions(text, batch.line, batch.column)(bad), ...jsonRules.notUtf8(false) };
}

type InDetail = Pick<BatchResult, "problems" | "warnings" | "unreadable" | "stopped"> & { records: JsonRecord[] };

/** The simple engine: objects, ajv and csv-stringify, one batch at a time. Nothing outside sees a record. */
export function createEngine({ plan, labels }: Pick<EngineSetup, "plan" | "labels">, encoders: LoadedEncoders = new Map()): Engine {
  const validate = compileRecord(plan.record);
  const refering = plan.columns.filter((column) => column.references && column.derived === undefined);
  const labelColumn = plan.labelColumn;

  const valuesOf = (record: JsonRecord, column: (typeof refering)[number]): Value[] => {
    const value = valueAt(record, column.path);
    const values = column.item ? (Array.isArray(value) ? value.map((item) => valueAt(item, column.item as string[])) : []) : [value];
    return values.filter((found) => refersAs(column, found));
  };

  function faultsOfRecord(text: string, line: number, isLast: boolean): { faults: TextProblem[]; record?: JsonRecord } {
    const parsed = parseJson<Value>(text);
    if (!parsed) return { faults: [syntaxError(text, line, isLast)] };
    const faults = validate(parsed.value) === true ? [] : valueProblems(validate);
    return {
      faults: [...lintJson(text, plan.layout), ...locateProblems(text, faults)],
      ...(isRecord(parsed.value) ? { record: parsed.value } : {}),
    };
  }

  /** Every record on its own: only where the batch as a whole could not be proved good. */
  function inDetail(batch: Batch, text: string): InDetail {
    const place = textPositions(text, batch.line, batch.column);
    const records: JsonRecord[] = [];
    let unreadable = 0;
    const problems: BatchProblem[] = [];
    const warnings: BatchProblem[] = [];
    const parts = recordTexts(text);
    for (const [i, part] of parts.entries()) {
      if (problems.length >= MAX_BATCH_PROBLEMS) return { problems, warnings, records, unreadable, stopped: true };
      const { faults, record } = faultsOfRecord(part.text, place(part.offset).line, i === parts.length - 1);
      // After a missing bracket the rest of a record looks like records.
      const rest = unreadable > 0 && !part.text.startsWith("{");
      if (record) records.push(record);
      else unreadable += 1;
      if (rest) continue;
      for (const { offset, field, isWarning, ...words } of faults)
        (isWarning ? warnings : problems).push({ ...place(part.offset + offset), ...(field ? { field } : {}), ...words });
    }
    return { problems, warnings, records, unreadable, stopped: false };
  }

  function collect(result: BatchResult, records: readonly JsonRecord[]): void {
    const seen = new Map<string, Set<string>>(plan.referencedTables.map((table) => [table, new Set()]));
    for (const record of records) {
      const key = recordKey(plan, record);
      if (plan.primaryKey.every((name) => isKey(record[name]))) result.keys.push(key);
      const label = labelColumn === undefined ? undefined : record[labelColumn];
      if (typeof label === "string") result.labels.push([key, label]);
      for (const column of refering)
        for (const value of valuesOf(record, column)) seen.get(column.references as string)?.add(String(value));
    }
    for (const [table, keys] of seen) result.references.set(table, [...keys]);
  }

  /** The line of each record's key. */
  function keyLines(batch: Batch, text: string): number[] {
    const place = textPositions(text, batch.line, batch.column);
    const key: ValueProblem = { path: [plan.primaryKey[0] as string], message: "" };
    return recordTexts(text).map((part) => place(part.offset + (locateProblems(part.text, [key])[0]?.offset ?? 0)).line);
  }

  const nothing = ({ seq }: Batch): BatchResult => ({
    seq,
    records: 0,
    unreadable: 0,
    stopped: false,
    problems: [],
    warnings: [],
    keys: [],
    references: new Map(),
    labels: [],
    parts: [],
    lines: [],
  });

  const run = (batch: Batch, task: Task): BatchResult => {
    const result = nothing(batch);
    if (!isUtf8(batch.bytes)) return { ...result, unreadable: 1, problems: [notUtf8(batch)] };
    const text = decode(batch.bytes);
    const whole = parseJson<Value>(`[${text}]`)?.value as JsonRecord[] | undefined;
    if (task === "index") {
      const values = whole ?? recordTexts(text).map((part) => parseJson<Value>(part.text)?.value ?? null);
      const records = (values as Value[]).filter(isRecord);
      collect(result, records);
      return { ...result, records: records.length, unreadable: whole ? 0 : 1, references: new Map() };
    }
    const lines = whole?.every(isRecord) ? whole.map((record) => JSON.stringify(record)) : [];
    // JSON.stringify drops the first of two equal names and shortens odd writing; it never makes a plain text longer. Halves of characters keep their length.
    const exact =
      whole !== undefined &&
      !batch.oddNumbers &&
      !/\\u[dD]/.test(text) &&
      !mayHaveForbidden(text) &&
      !(plan.layout > FIRST_LAYOUT && mayBeDamaged(text)) &&
      lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) === batch.minifiedBytes;
    if (!whole || !exact || !whole.every((record) => validate(record) === true)) {
      const { problems, warnings, records, unreadable, stopped } = inDetail(batch, text);
      Object.assign(result, { problems, warnings, records: records.length, unreadable, stopped });
      collect(result, records);
      if (problems.length > 0 || !whole) return result;
    } else {
      result.records = whole.length;
      collect(result, whole);
    }
    if (task === "locate") result.lines = keyLines(batch, text);
    if (task === "encode" || task === "locate")
      for (const [encoder, encode] of encoders)
        result.parts.push(...encode({ records: whole, lines, labels }).map((part) => ({ encoder, ...part })));
    return result;
  };

  return {
    run(batch, task) {
      try {
        return run(batch, task);
      } catch (error) {
        // A record that our code stumbles over is a problem of its batch, told with its place.
        const { line, column } = batch;
        return { ...nothing(batch), unreadable: 1, problems: [{ line, column, ...internalError(error) }] };
      }
    },

    find(batch, what) {
      const text = decode(batch.bytes);
      const place = textPositions(text, batch.line, batch.column);
      return recordTexts(text).flatMap((part) => {
        const record = parseJson<Value>(part.text)?.value;
        if (!isRecord(record)) return [];
        const faults: (ValueProblem & { key: string })[] = [];
        if (!("table" in what)) {
          const key = recordKey(plan, record);
          if (what.keys.has(key)) faults.push({ path: [plan.primaryKey[0] as string], message: "", key });
        } else
          for (const column of refering.filter((column) => column.references === what.table)) {
            const value = valueAt(record, column.path);
            const items = column.item ? (Array.isArray(value) ? value : []) : [value];
            for (const [i, item] of items.entries()) {
              const key = column.item ? valueAt(item, column.item) : item;
              if (refersAs(column, key) && what.keys.has(String(key)))
                faults.push({ path: [...column.path, ...(column.item ? [i, ...column.item] : [])], message: "", key: String(key) });
            }
          }
        const placed = locateProblems(part.text, faults);
        return faults.map((fault, i) => ({
          ...place(part.offset + (placed[i]?.offset ?? 0)),
          ...(placed[i]?.field ? { field: placed[i].field } : {}),
          message: "",
          key: fault.key,
        }));
      });
    },
  };
}
