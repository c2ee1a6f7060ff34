import type { TablePart } from "../../formats/format.ts";
import type { Labels } from "../../formats/labels.ts";
import { type LeafBatch, readColumnBatch, writeColumnBatch } from "../../formats/parquet/column-batch.ts";
import { type Leaf, leafColumns } from "../../formats/parquet/leaf.ts";
import { LeafEncoder } from "../../formats/parquet/leaf-encoder.ts";
import type { Value } from "../../formats/value.ts";
import { KernelSink } from "../../kernel/kernel-sink.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import type { PartMemory } from "../part-memory.ts";
import type { ByteEncoder } from "./byte-encoder.ts";
import type { ReadingState } from "./reading-state.ts";

/** How the kernel writes the values of a leaf (assembly/leaf-sinks.ts). */
const LEAF_WAYS = { text: 0, json: 1, whole: 2, decimal: 3, boolean: 4, asked: 5, firstDay: 6, lastDay: 7 } as const;
/** The ways that ask JavaScript, and cache the answer: `asked` always, the others for dates whose day the kernel cannot compute. */
const WITH_ASKER: ReadonlySet<keyof typeof LEAF_WAYS> = new Set(["asked", "firstDay", "lastDay"]);

function wayOf({ physical, logical, column }: Leaf): keyof typeof LEAF_WAYS {
  if (logical === "date") return column.derived === "end" ? "lastDay" : "firstDay";
  if (column.derived !== undefined || logical === "decimal") return "asked";
  if (logical === "json") return "json";
  if (physical === "boolean") return "boolean";
  if (physical === "bytes") return "text";
  return physical === "int64" ? "whole" : "decimal";
}

/** The levels and values of one leaf, which the kernel writes. */
class LeafSinks {
  readonly #state: ReadingState;
  readonly #address: number;
  readonly #repetitions: KernelSink;
  readonly #definitions: KernelSink;
  readonly #values: KernelSink;

  constructor(address: number, leaf: Leaf, labels: Labels, state: ReadingState) {
    const { kernel, slots, tape } = state;
    this.#state = state;
    this.#address = address;
    [this.#repetitions, this.#definitions, this.#values] = [new KernelSink(kernel), new KernelSink(kernel), new KernelSink(kernel)];
    const way = wayOf(leaf);
    const encoder = new LeafEncoder(leaf);
    const ask = (entry: number): Uint8Array | undefined => encoder.encode(tape.value(entry, kernel.bytes) as Value, labels);
    const asker = WITH_ASKER.has(way) ? kernel.addAsker(ask) : 0;
    const { column, isList, isRequired, maxDefinition } = leaf;
    const path = column.item ?? [];
    kernel.code.initLeafSinks(
      address,
      LEAF_WAYS[way],
      asker,
      slots.add(column.path),
      isList ? 1 : 0,
      isRequired ? 0 : 1,
      maxDefinition,
      state.names.putPath(path),
      path.length,
    );
    kernel.code.setLeafSinks(address, this.#repetitions.address, this.#definitions.address, this.#values.address);
    this.clear();
  }

  /** Adds the output of an encoder. */
  addBatch({ repetitions, definitions, values, levels, count }: LeafBatch): void {
    this.#repetitions.append(repetitions);
    this.#definitions.append(definitions);
    this.#values.append(values);
    this.#state.kernel.code.addLeafSinkCounts(this.#address, levels, count);
  }

  view(): LeafBatch {
    const { code } = this.#state.kernel;
    return {
      repetitions: this.#repetitions.view(),
      definitions: this.#definitions.view(),
      values: this.#values.view(),
      levels: code.leafSinkLevels(this.#address),
      count: code.leafSinkCount(this.#address),
    };
  }

  clear(): void {
    this.#state.kernel.code.clearLeafSinks(this.#address);
  }
}

/** Records by column, for Parquet. */
export class ParquetBytes implements ByteEncoder {
  readonly #table: string;
  readonly #leaves: readonly Leaf[];
  readonly #sinks: readonly LeafSinks[];
  /** The size of each record, as a 32-bit number. */
  readonly #sizes: KernelSink;

  constructor(plan: TablePlan, labels: Labels, state: ReadingState) {
    const { kernel } = state;
    this.#table = plan.name;
    this.#leaves = leafColumns(plan);
    const size = kernel.code.leafSinksSize();
    const address = kernel.reserve(size * this.#leaves.length);
    this.#sinks = this.#leaves.map((leaf, i) => new LeafSinks(address + i * size, leaf, labels, state));
    this.#sizes = new KernelSink(kernel);
    kernel.code.setRecordRunLeaves(address, this.#leaves.length, this.#sizes.address);
  }

  addEncoded(parts: readonly TablePart[]): void {
    for (const { chunks } of parts)
      for (const chunk of chunks) {
        const { sizes, leaves } = readColumnBatch(this.#leaves, chunk);
        for (const [i, leaf] of leaves.entries()) this.#sinks[i]?.addBatch(leaf);
        this.#sizes.append(sizes);
      }
  }

  take(memory: PartMemory): TablePart[] {
    const sizes = this.#sizes.words();
    const leaves = this.#sinks.map((sinks) => sinks.view());
    const chunks = sizes.length > 0 ? [writeColumnBatch({ sizes, leaves }, (bytes) => memory.take(bytes))] : [];
    this.clear();
    return [{ table: this.#table, rows: sizes.length, chunks }];
  }

  clear(): void {
    for (const sinks of this.#sinks) sinks.clear();
    this.#sizes.clear();
  }
}
