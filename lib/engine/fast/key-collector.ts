import { recordKey } from "../../contract/record-key.ts";
import type { JsonRecord } from "../../formats/cell-text.ts";
import type { Column, TablePlan } from "../../schema/table-plan.ts";
import type { BatchResult } from "../batch-result.ts";
import type { EngineSetup } from "../engine.ts";
import { KeyBatchBuilder } from "../key-batch.ts";
import { findKey, type KeyTable } from "../key-table.ts";
import { isReferenceKey, referencesIn, referringColumns } from "../references-in.ts";
import { withoutKnown } from "../without-known.ts";
import { ByteMap } from "./byte-map.ts";
import type { Names } from "./names.ts";
import type { Places } from "./places.ts";
import { valueAtEntry } from "./prove.ts";
import { Holds, Kind, NUMBER, type Tape } from "./tape.ts";

const KEY_KINDS = Kind.string | NUMBER | Kind.true | Kind.false;

interface Reference {
  column: Column;
  place: number;
  item: number[] | undefined;
  /** Kinds of values that refer to something. */
  kinds: number;
  /** Canonical texts of the keys of its table. */
  keys: ByteMap;
  /** All keys of that table, where they are known. */
  known: KeyTable | undefined;
}

const kindsOf = ({ type }: Column): number =>
  type === "string" ? Kind.string : type === "integer" || type === "number" ? NUMBER : KEY_KINDS;

/** Collects keys, labels and references of the records of a batch. */
export class KeyCollector {
  readonly #plan: TablePlan;
  readonly #tape: Tape;
  readonly #places: Places;
  readonly #key: number[];
  readonly #label: number | undefined;
  readonly #references: Reference[];
  readonly #tables: Map<string, ByteMap>;
  readonly #known: EngineSetup["keys"];
  readonly #keys: KeyBatchBuilder;
  #labels: [string, string][] = [];

  constructor(
    { plan, keys: known }: Pick<EngineSetup, "plan" | "keys">,
    { tape, names, places }: { tape: Tape; names: Names; places: Places },
  ) {
    this.#plan = plan;
    this.#known = known;
    this.#keys = new KeyBatchBuilder(plan);
    this.#tape = tape;
    this.#places = places;
    this.#key = plan.primaryKey.map((name) => places.add([name]));
    this.#label = plan.labelColumn === undefined ? undefined : places.add([plan.labelColumn]);
    this.#tables = new Map(plan.referencedTables.map((table) => [table, new ByteMap()]));
    this.#references = referringColumns(plan).map((column) => ({
      column,
      place: places.add(column.path),
      item: column.item?.map((name) => names.add(name)),
      kinds: kindsOf(column),
      keys: this.#tables.get(column.references as string) as ByteMap,
      known: known?.get(column.references as string),
    }));
  }

  clear(): void {
    this.#keys.clear();
    this.#labels = [];
    for (const keys of this.#tables.values()) keys.clear();
  }

  /** Adds the record on the tape. */
  add(bytes: Buffer): void {
    // A record without a key is none that was proved.
    if (this.#hasKey()) this.#addFromTape(bytes);
    else this.addRecord(valueAtEntry(this.#tape, bytes, 0) as JsonRecord);
  }

  #hasKey(): boolean {
    const { entries } = this.#places;
    for (let i = 0; i < this.#key.length; i += 1) {
      const entry = entries[this.#key[i] as number] as number;
      if (((this.#tape.kinds[entry] as number) & KEY_KINDS) === 0) return false;
    }
    return true;
  }

  #addFromTape(bytes: Buffer): void {
    const { entries } = this.#places;
    this.#addKey(bytes);
    const label = this.#label === undefined ? 0 : (entries[this.#label] as number);
    if (label > 0 && this.#tape.kinds[label] === Kind.string)
      this.#labels.push([this.#keyText(bytes), valueAtEntry(this.#tape, bytes, label) as string]);
    for (let i = 0; i < this.#references.length; i += 1) this.#addReferences(this.#references[i] as Reference, bytes);
  }

  /** Adds a record that is not on the tape. */
  addRecord(record: JsonRecord): void {
    const key = recordKey(this.#plan, record);
    if (this.#plan.primaryKey.every((name) => isReferenceKey(record[name]))) this.#keys.addText(key);
    const label = this.#plan.labelColumn === undefined ? undefined : record[this.#plan.labelColumn];
    if (typeof label === "string") this.#labels.push([key, label]);
    for (const { column, keys } of this.#references)
      for (const reference of referencesIn(record, column)) {
        const text = Buffer.from(JSON.stringify(reference.key));
        keys.add(text, 1, text.length - 1);
      }
  }

  /** What was collected. */
  result(): Pick<BatchResult, "keys" | "labels" | "references"> {
    const references = new Map<string, string[]>();
    for (const [table, keys] of this.#tables)
      references.set(
        table,
        withoutKnown(
          Array.from({ length: keys.size }, (_, i) => plainText(keys.text(i))),
          this.#known?.get(table),
        ),
      );
    return { keys: this.#keys.take(), labels: this.#labels, references };
  }

  #addKey(bytes: Buffer): void {
    const tape = this.#tape;
    const [first] = this.#key;
    const entry = first === undefined ? 0 : (this.#places.entries[first] as number);
    const isCopied = this.#key.length === 1 && ((tape.holds[entry] as number) & Holds.backslash) === 0;
    if (isCopied) this.#keys.add(bytes, tape.starts[entry] as number, tape.ends[entry] as number);
    else this.#keys.addText(this.#keyText(bytes));
  }

  /** The key as `recordKey` writes it. */
  #keyText(bytes: Buffer): string {
    const tape = this.#tape;
    const { entries } = this.#places;
    const [first] = this.#key;
    if (this.#key.length === 1 && first !== undefined) return String(valueAtEntry(tape, bytes, entries[first] as number));
    const values = this.#key.map((place) => {
      const entry = entries[place] as number;
      const around = tape.kinds[entry] === Kind.string ? 1 : 0;
      return bytes.toString("utf8", (tape.starts[entry] as number) - around, (tape.ends[entry] as number) + around);
    });
    return `[${values.join()}]`;
  }

  #addReferences(reference: Reference, bytes: Buffer): void {
    const { place, item } = reference;
    const tape = this.#tape;
    const entry = this.#places.entries[place] as number;
    if (entry === 0) return;
    if (!item) {
      this.#addReference(reference, bytes, entry);
      return;
    }
    if (tape.kinds[entry] !== Kind.list) return;
    for (let one = entry + 1; one < (tape.nexts[entry] as number); one = tape.nexts[one] as number) {
      const value = item.length === 0 ? one : tape.kinds[one] === Kind.object ? tape.property(one, item[0] as number) : -1;
      if (value > 0) this.#addReference(reference, bytes, value);
    }
  }

  #addReference({ keys, kinds, known }: Reference, bytes: Buffer, entry: number): void {
    const tape = this.#tape;
    if (((tape.kinds[entry] as number) & kinds) === 0) return;
    const [start, end] = [tape.starts[entry] as number, tape.ends[entry] as number];
    const isCopied = ((tape.holds[entry] as number) & Holds.backslash) === 0;
    if (!known || !isCopied || findKey(known, bytes, start, end) < 0) keys.add(bytes, start, end);
  }
}

const plainText = (canonical: string): string => (canonical.includes("\\") ? (JSON.parse(`"${canonical}"`) as string) : canonical);
