import { recordKey } from "../../contract/record-key.ts";
import type { JsonRecord } from "../../formats/value.ts";
import { KernelSink } from "../../kernel/kernel-sink.ts";
import type { Column, TablePlan } from "../../schema/table-plan.ts";
import type { BatchResult } from "../batch-result.ts";
import type { EngineSetup } from "../engine.ts";
import { isKeyValue } from "../is-key-value.ts";
import { findInKeyTable } from "../key-table.ts";
import { keysNotIn } from "../keys-not-in.ts";
import { recordReferenceColumns, recordReferences } from "../record-references.ts";
import { ByteMap } from "./byte-map.ts";
import { KernelKeys } from "./kernel-keys.ts";
import type { ReadingState } from "./reading-state.ts";
import type { RecordTape } from "./record-tape.ts";
import { StringFlag } from "./string-flag.ts";
import { NUMBER, ValueKind } from "./value-kind.ts";

const KEY_KINDS = ValueKind.string | NUMBER | ValueKind.true | ValueKind.false;

interface ReferenceColumn {
  column: Column;
  /** Canonical texts of unknown keys of the referenced table. */
  keys: ByteMap;
}

/** The kernel's marker for a known key. */
const KNOWN = new Uint8Array();

const kindsOf = ({ type }: Column): number =>
  type === "string" ? ValueKind.string : type === "integer" || type === "number" ? NUMBER : KEY_KINDS;

/** Words per label in the kernel's output: the number of its key (of a reference: of its column), its start and its end. */
const FOUND_WORDS = 3;

/** Collects keys, labels and references of the records of a batch. The kernel does most of this. */
export class KeyCollector {
  readonly #plan: TablePlan;
  readonly #state: ReadingState;
  readonly #tape: RecordTape;
  readonly #slots: ReadingState["slots"];
  readonly #key: number[];
  readonly #references: readonly ReferenceColumn[];
  /** Labels and unknown references that the kernel found since the last record that it rejected. */
  readonly #foundLabels: KernelSink;
  readonly #unknown: KernelSink;
  readonly #tables: Map<string, ByteMap>;
  readonly #known: EngineSetup["keys"];
  readonly #keys: KernelKeys;
  #labels: [string, string][] = [];

  constructor({ plan, keys: known }: Pick<EngineSetup, "plan" | "keys">, state: ReadingState) {
    const { kernel, slots, tape } = state;
    this.#plan = plan;
    this.#known = known;
    this.#keys = new KernelKeys(plan, state);
    this.#state = state;
    this.#tape = tape;
    this.#slots = slots;
    this.#key = plan.primaryKey.map((name) => slots.add([name]));
    this.#foundLabels = new KernelSink(kernel);
    kernel.code.setTapeKeyLabels(plan.labelColumn === undefined ? -1 : slots.add([plan.labelColumn]), this.#foundLabels.address);
    this.#tables = new Map(plan.referencedTables.map((table) => [table, new ByteMap()]));
    this.#references = recordReferenceColumns(plan).map((column) => ({
      column,
      keys: this.#tables.get(column.references as string) as ByteMap,
    }));
    this.#unknown = new KernelSink(kernel);
    const size = kernel.code.tapeReferenceSize();
    const address = kernel.reserve(size * this.#references.length);
    for (const [i, { column }] of this.#references.entries()) this.#initReference(address + i * size, column);
    kernel.code.openTapeReferences(address, this.#references.length, this.#unknown.address);
  }

  #initReference(address: number, column: Column): void {
    const { kernel, slots, names, tape } = this.#state;
    const table = this.#known?.get(column.references as string);
    const isKnown = (entry: number): Uint8Array | undefined => {
      const isCopied = ((tape.holds[entry] as number) & StringFlag.backslash) === 0;
      const [start, end] = [tape.starts[entry] as number, tape.ends[entry] as number];
      return table && isCopied && findInKeyTable(table, kernel.bytes, start, end) >= 0 ? KNOWN : undefined;
    };
    const [name] = column.item ?? [];
    kernel.code.initTapeReference(
      address,
      slots.add(column.path),
      kindsOf(column),
      table ? kernel.addAsker(isKnown) : -1,
      column.item ? 1 : 0,
      name === undefined ? -1 : names.add(name),
    );
  }

  /** The memory that the tape refers to. It must not be kept, because it may move whenever a key is added. */
  get #bytes(): Buffer {
    return this.#state.kernel.bytes;
  }

  clear(): void {
    this.#keys.clear();
    this.#labels = [];
    for (const sink of [this.#foundLabels, this.#unknown]) sink.clear();
    for (const keys of this.#tables.values()) keys.clear();
  }

  /** Adds the record on the tape. */
  add(): void {
    const { code } = this.#state.kernel;
    if (code.addTapeKey(this.#slots.address) !== 0) return;
    // A record without a key was not proved valid.
    if (!this.#hasKey()) {
      this.addRecord(this.#tape.value(0, this.#bytes) as JsonRecord);
      return;
    }
    this.#keys.addText(this.#keyText());
    code.addBesideTapeKey(this.#slots.address);
  }

  #hasKey(): boolean {
    const { entries } = this.#slots;
    for (let i = 0; i < this.#key.length; i += 1) {
      const entry = entries[this.#key[i] as number] as number;
      if (((this.#tape.kinds[entry] as number) & KEY_KINDS) === 0) return false;
    }
    return true;
  }

  /** Moves the findings of the kernel to the lists, so that later entries follow them. */
  #takeFound(): void {
    for (const [key, text] of this.#found(this.#foundLabels)) this.#labels.push([this.#keys.text(key), plainText(text.toString())]);
    for (const [column, text] of this.#found(this.#unknown)) this.#references[column]?.keys.add(text, 0, text.length);
    for (const sink of [this.#foundLabels, this.#unknown]) sink.clear();
  }

  *#found(sink: KernelSink): Generator<[number: number, text: Buffer]> {
    const words = sink.words();
    for (let i = 0; i < words.length; i += FOUND_WORDS) yield [words[i] as number, this.#bytes.subarray(words[i + 1], words[i + 2])];
  }

  /** Adds a record that is not on the tape. */
  addRecord(record: JsonRecord): void {
    this.#takeFound();
    const key = recordKey(this.#plan, record);
    if (this.#plan.primaryKey.every((name) => isKeyValue(record[name]))) {
      this.#keys.addText(key);
      const label = this.#plan.labelColumn === undefined ? undefined : record[this.#plan.labelColumn];
      if (typeof label === "string") this.#labels.push([key, label]);
    }
    for (const { column, keys } of this.#references)
      for (const reference of recordReferences(record, column)) {
        const text = Buffer.from(JSON.stringify(reference.key));
        keys.add(text, 1, text.length - 1);
      }
  }

  /** The collected keys, labels and references. */
  result(): Pick<BatchResult, "keys" | "labels" | "references"> {
    this.#takeFound();
    const references = new Map<string, string[]>();
    for (const [table, keys] of this.#tables)
      references.set(
        table,
        keysNotIn(
          Array.from({ length: keys.size }, (_, i) => plainText(keys.text(i))),
          this.#known?.get(table),
        ),
      );
    return { keys: this.#keys.take(), labels: this.#labels, references };
  }

  /** The key in the form of `recordKey`. */
  #keyText(): string {
    const bytes = this.#bytes;
    const tape = this.#tape;
    const { entries } = this.#slots;
    const [first] = this.#key;
    if (this.#key.length === 1 && first !== undefined) return String(tape.value(entries[first] as number, bytes));
    const values = this.#key.map((slot) => {
      const entry = entries[slot] as number;
      const around = tape.kinds[entry] === ValueKind.string ? 1 : 0;
      return bytes.toString("utf8", (tape.starts[entry] as number) - around, (tape.ends[entry] as number) + around);
    });
    return `[${values.join()}]`;
  }
}

const plainText = (canonical: string): string => (canonical.includes("\\") ? (JSON.parse(`"${canonical}"`) as string) : canonical);
