import { edtfDays } from "../../schema/edtf-days.ts";
import type { JsonRecord, Labels, Value } from "../cell-text.ts";
import { daysSinceEpoch } from "../days-since-epoch.ts";
import { displayText } from "../display-text.ts";
import { isInt64 } from "../is-int64.ts";
import { UnencodableError } from "../unencodable-error.ts";
import { valueAt } from "../value-at.ts";
import { ByteSink } from "./byte-sink.ts";
import type { LeafBatch } from "./column-batch.ts";
import type { Leaf } from "./leaf.ts";

type Write = (sink: ByteSink, value: Exclude<Value, undefined | null>) => void;

/** INT64 cannot hold a value of such a column. */
const isTooLarge = ({ physical }: Leaf, value: Value): boolean => physical === "int64" && typeof value === "number" && !isInt64(value);

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
export class LeafEncoder {
  readonly leaf: Leaf;
  readonly #read: (value: Value, labels: Labels) => Value;
  readonly #write: Write;
  readonly #repetitions = new ByteSink();
  readonly #definitions = new ByteSink();
  readonly #values = new ByteSink(4096);
  #levels = 0;
  #count = 0;

  constructor(leaf: Leaf) {
    this.leaf = leaf;
    this.#read = readerOf(leaf);
    this.#write = writerOf(leaf);
  }

  /** Bytes of all that was added. */
  get size(): number {
    return this.#values.length + this.#levels;
  }

  add(record: JsonRecord, labels: Labels): void {
    const { column, isList, isRequired, maxDefinition } = this.leaf;
    const value = valueAt(record, column.path);
    const empty = isRequired ? 0 : 1;
    if (!isList) this.#add(record, 0, this.#read(value, labels), maxDefinition - 1);
    else if (!Array.isArray(value)) this.addNothing(0, empty - 1);
    else if (value.length === 0) this.addNothing(0, empty);
    else
      for (let i = 0; i < value.length; i += 1)
        this.#add(record, i > 0 ? 1 : 0, this.#read(valueAt(value[i], column.item ?? []), labels), empty + 1);
  }

  /** Adds a value, or nothing at the definition level `without`. */
  #add(record: JsonRecord, repetition: number, value: Value, without: number): void {
    if (value === undefined || value === null) {
      this.addNothing(repetition, without);
      return;
    }
    const values = this.begin(repetition);
    if (isTooLarge(this.leaf, value)) throw new UnencodableError(record, this.leaf.name, TOO_LARGE(value), SMALLER);
    this.#write(values, value);
  }

  /** Begins a value, of which the bytes are written to what is returned. */
  begin(repetition: number): ByteSink {
    const { isList, maxDefinition } = this.leaf;
    this.#levels += 1;
    this.#count += 1;
    if (isList) this.#repetitions.byte(repetition);
    if (maxDefinition > 0) this.#definitions.byte(maxDefinition);
    return this.#values;
  }

  /** The bytes of a value as in a record; undefined if the leaf has no part of it. */
  encode(value: Value, labels: Labels): Uint8Array | undefined {
    const read = this.#read(value, labels);
    if (read === undefined || read === null) return undefined;
    const sink = new ByteSink();
    this.#write(sink, read);
    return new Uint8Array(sink.view());
  }

  /** Adds what was encoded elsewhere. */
  addBatch({ repetitions, definitions, values, levels, count }: LeafBatch): void {
    this.#repetitions.bytes(repetitions);
    this.#definitions.bytes(definitions);
    this.#values.bytes(values);
    this.#levels += levels;
    this.#count += count;
  }

  addNothing(repetition: number, definition: number): void {
    const { isList, maxDefinition, name } = this.leaf;
    if (definition < 0 || definition >= maxDefinition) throw new TypeError(`${name} has no value where the schema asks for one`);
    this.#levels += 1;
    if (isList) this.#repetitions.byte(repetition);
    this.#definitions.byte(definition);
  }

  /** What was added; valid until `clear`. */
  view(): LeafBatch {
    return {
      repetitions: this.#repetitions.view(),
      definitions: this.#definitions.view(),
      values: this.#values.view(),
      levels: this.#levels,
      count: this.#count,
    };
  }

  clear(): void {
    for (const sink of [this.#repetitions, this.#definitions, this.#values]) sink.clear();
    this.#levels = 0;
    this.#count = 0;
  }
}
