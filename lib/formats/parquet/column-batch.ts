import { edtfDays } from "../../schema/edtf-days.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { displayText, type JsonRecord, type Labels, type Value } from "../cell-text.ts";
import { daysSinceEpoch } from "../days-since-epoch.ts";
import { UnencodableError } from "../unencodable-error.ts";
import { valueAt } from "../value-at.ts";
import { ByteSink } from "./byte-sink.ts";
import { type Leaf, leavesOf } from "./leaves.ts";

type Write = (sink: ByteSink, value: Exclude<Value, undefined | null>) => void;

/** INT64 cannot hold a value of such a column. */
const isTooLarge = ({ physical }: Leaf, value: Value): boolean =>
  physical === "int64" && typeof value === "number" && (value < -(2 ** 63) || value >= 2 ** 63);

/** How a value of a leaf is written: as PLAIN; true and false as one byte each. */
function writerOf({ physical, logical, scale = 0 }: Leaf): Write {
  if (logical === "json") return (sink, value) => sink.text(JSON.stringify(value));
  if (logical === "date") return (sink, value) => sink.int32(daysSinceEpoch(value as string));
  if (logical === "decimal") return (sink, value) => sink.int64(Math.round((value as number) * 10 ** scale));
  if (physical === "int64") return (sink, value) => sink.int64(value as number);
  // -0 is written as 0, as in JSON.
  if (physical === "double") return (sink, value) => sink.double((value as number) + 0);
  if (physical === "boolean") return (sink, value) => sink.byte(value === true ? 1 : 0);
  return (sink, value) => sink.text(value as string);
}

/** What a leaf holds of a record's value, or of an item of its list. */
function readerOf({ column }: Leaf): (value: Value, labels: Labels) => Value {
  const { derived, references = "", schema } = column;
  if (derived === "label")
    return (value, labels) => (value === undefined || value === null ? value : labels.get(references)?.get(String(value)));
  if (derived === "text") return (value, labels) => displayText(schema, value, labels);
  if (derived) return (value) => (typeof value === "string" ? edtfDays(value)?.[derived] : undefined);
  return (value) => value;
}

const TOO_LARGE = (value: Value): string => `${value} is too large: Parquet files hold whole numbers of 64 bits`;
const SMALLER = 'Say in schema.json that it is a text or a "number", or leave "parquet" out of release.formats in dataset.json.';

/** The levels and values of one leaf in some records (parquet-format, README.md, Nested Encoding). */
class LeafEncoder {
  readonly #leaf: Leaf;
  readonly #read: (value: Value, labels: Labels) => Value;
  readonly #write: Write;
  readonly #repetitions = new ByteSink();
  readonly #definitions = new ByteSink();
  readonly #values = new ByteSink(4096);
  #levels = 0;
  #count = 0;

  constructor(leaf: Leaf) {
    this.#leaf = leaf;
    this.#read = readerOf(leaf);
    this.#write = writerOf(leaf);
  }

  /** Bytes of all that was added. */
  get size(): number {
    return this.#values.length + this.#levels;
  }

  add(record: JsonRecord, labels: Labels): void {
    const { column, isList, isRequired, maxDefinition } = this.#leaf;
    const value = valueAt(record, column.path);
    const empty = isRequired ? 0 : 1;
    if (!isList) this.#add(record, 0, this.#read(value, labels), maxDefinition - 1);
    else if (!Array.isArray(value)) this.#addNothing(0, empty - 1);
    else if (value.length === 0) this.#addNothing(0, empty);
    else
      for (let i = 0; i < value.length; i += 1)
        this.#add(record, i > 0 ? 1 : 0, this.#read(valueAt(value[i], column.item ?? []), labels), empty + 1);
  }

  /** Adds a value, or nothing at the definition level `without`. */
  #add(record: JsonRecord, repetition: number, value: Value, without: number): void {
    if (value === undefined || value === null) {
      this.#addNothing(repetition, without);
      return;
    }
    const { isList, maxDefinition, name } = this.#leaf;
    this.#levels += 1;
    this.#count += 1;
    if (isList) this.#repetitions.byte(repetition);
    if (maxDefinition > 0) this.#definitions.byte(maxDefinition);
    if (isTooLarge(this.#leaf, value)) throw new UnencodableError(record, name, TOO_LARGE(value), SMALLER);
    this.#write(this.#values, value);
  }

  #addNothing(repetition: number, definition: number): void {
    const { isList, maxDefinition, name } = this.#leaf;
    if (definition < 0 || definition >= maxDefinition) throw new TypeError(`${name} has no value where the schema asks for one`);
    this.#levels += 1;
    if (isList) this.#repetitions.byte(repetition);
    this.#definitions.byte(definition);
  }

  /** Writes what was added to `out`, and forgets it. */
  flush(out: ByteSink): void {
    out.uint32(this.#levels);
    out.uint32(this.#count);
    out.uint32(this.#values.length);
    for (const sink of [this.#repetitions, this.#definitions, this.#values]) {
      out.bytes(sink.view());
      sink.clear();
    }
    this.#levels = 0;
    this.#count = 0;
  }
}

/**
 * Encodes batches of records by column. What it returns: the number of records and the size of each, then for each leaf its number of
 * levels, of values and of bytes of values, repetition levels (of a list), definition levels (where there are any) and values.
 */
export function columnEncoder(plan: TablePlan): (records: readonly JsonRecord[], labels: Labels) => Uint8Array {
  const encoders = leavesOf(plan).map((leaf) => new LeafEncoder(leaf));
  return (records, labels) => {
    const out = new ByteSink(1 << 16);
    out.uint32(records.length);
    let before = 0;
    for (const record of records) {
      let size = 0;
      for (const encoder of encoders) {
        encoder.add(record, labels);
        size += encoder.size;
      }
      out.uint32(size - before);
      before = size;
    }
    for (const encoder of encoders) encoder.flush(out);
    return out.view();
  };
}

/** One leaf of an encoded batch. */
export interface LeafBatch {
  repetitions: Uint8Array;
  definitions: Uint8Array;
  /** Of levels: as many as values and nulls. */
  levels: number;
  values: Uint8Array;
  count: number;
}

export interface ColumnBatch {
  /** Bytes of each record. */
  sizes: number[];
  leaves: LeafBatch[];
}

/** What `columnEncoder` returned. */
export function readColumnBatch(leaves: readonly Leaf[], bytes: Uint8Array): ColumnBatch {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const uint32 = (): number => {
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const take = (length: number): Uint8Array => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  const sizes = Array.from({ length: uint32() }, uint32);
  return {
    sizes,
    leaves: leaves.map(({ isList, maxDefinition }) => {
      const [levels, count, length] = [uint32(), uint32(), uint32()];
      return {
        levels,
        count,
        repetitions: take(isList ? levels : 0),
        definitions: take(maxDefinition > 0 ? levels : 0),
        values: take(length),
      };
    }),
  };
}
