import { edtfDays } from "../../schema/edtf-days.ts";
import { daysSinceEpoch } from "../days-since-epoch.ts";
import { displayText } from "../display-text.ts";
import { isInt64 } from "../is-int64.ts";
import type { Labels } from "../labels.ts";
import { UnencodableError } from "../unencodable-error.ts";
import type { JsonRecord, Value } from "../value.ts";
import { valueAt } from "../value-at.ts";
import { ByteSink } from "./byte-sink.ts";
import type { LeafBatch } from "./column-batch.ts";
import type { Leaf } from "./leaf.ts";

type Write = (sink: ByteSink, value: Exclude<Value, undefined | null>) => void;

/** Whether a value does not fit into the INT64 of its column. */
const isTooLarge = ({ physical }: Leaf, value: Value): boolean => physical === "int64" && typeof value === "number" && !isInt64(value);

/** Returns a function that writes a value in PLAIN, except that booleans take a byte each. */
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

/** Returns a function that derives the value of a leaf from the value of a record or list item. */
function readerOf({ column }: Leaf): (value: Value, labels: Labels) => Value {
  const { derived, references = "", schema } = column;
  if (derived === "label")
    return (value, labels) => (value === undefined || value === null ? value : labels.get(references)?.get(String(value)));
  if (derived === "text") return (value, labels) => displayText(schema, value, labels);
  if (derived) return (value) => (typeof value === "string" ? edtfDays(value)?.[derived] : undefined);
  return (value) => value;
}

const TOO_LARGE = (value: Value): string => `${value} is too large: whole numbers in Parquet files have 64 bits`;
const SMALLER = 'Give the column the type "string" or "number" in schema.json, or remove "parquet" from release.formats in dataset.json.';

/** Collects the levels and values of one leaf (parquet-format, README.md, Nested Encoding). */
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

  /** Size of everything that was added. */
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

  /** Adds a value, or a missing value at the definition level `without`. */
  #add(record: JsonRecord, repetition: number, value: Value, without: number): void {
    if (value === undefined || value === null) {
      this.addNothing(repetition, without);
      return;
    }
    const values = this.begin(repetition);
    if (isTooLarge(this.leaf, value)) throw new UnencodableError(record, this.leaf.name, TOO_LARGE(value), SMALLER);
    this.#write(values, value);
  }

  /** Begins a value. Its bytes must be written to the returned sink. */
  begin(repetition: number): ByteSink {
    const { isList, maxDefinition } = this.leaf;
    this.#levels += 1;
    this.#count += 1;
    if (isList) this.#repetitions.byte(repetition);
    if (maxDefinition > 0) this.#definitions.byte(maxDefinition);
    return this.#values;
  }

  /** The encoded bytes of a value in a record; undefined if the leaf has no value for it. */
  encode(value: Value, labels: Labels): Uint8Array | undefined {
    const read = this.#read(value, labels);
    if (read === undefined || read === null) return undefined;
    const sink = new ByteSink();
    this.#write(sink, read);
    return new Uint8Array(sink.view());
  }

  /** Adds the output of another encoder. */
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

  /** The collected levels and values; valid until `clear`. */
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
