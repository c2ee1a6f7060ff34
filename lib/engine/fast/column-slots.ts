import { bytesOf } from "../../kernel/bytes-of.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { PropertyNames } from "./property-names.ts";
import type { RecordTape } from "./record-tape.ts";
import { ValueKind } from "./value-kind.ts";

interface SlotNode {
  slot: number;
  inside: (SlotNode | undefined)[];
  hasInside: boolean;
}

/** For each slot, the entry on the tape; and the address of these entries in the kernel. */
export interface LocatedSlots {
  entries: Int32Array;
  address: number;
}

/** Locates column values on a tape. Each path of names is numbered; the number is its slot. */
export class ColumnSlots {
  readonly #kernel: Kernel;
  readonly #names: PropertyNames;
  readonly #root: SlotNode = { slot: 0, inside: [], hasInside: false };
  #count = 1;
  /** Slot → entry on the tape; 0 if the record has no value there. */
  entries: Int32Array = new Int32Array(1);
  /** Address of `entries` in the kernel. */
  address = 0;
  /** The writable entries, while `entries` are those of a form. */
  #own = this.entries;
  #ownAddress = 0;

  constructor(kernel: Kernel, names: PropertyNames) {
    this.#kernel = kernel;
    this.#names = names;
  }

  /** Adds a path of names, starting at the record; returns its slot. */
  add(path: readonly string[]): number {
    let node = this.#root;
    for (const name of path) {
      const number = this.#names.add(name);
      node.hasInside = true;
      node.inside[number] ??= { slot: this.#count++, inside: [], hasInside: false };
      node = node.inside[number];
    }
    this.#own = new Int32Array(this.#count);
    this.entries = this.#own;
    return node.slot;
  }

  /** Uses the slots of a form. */
  use({ entries, address }: LocatedSlots): void {
    this.entries = entries;
    this.address = address;
  }

  /** Locates the values of the record on a tape. */
  locate(tape: RecordTape): void {
    if (this.#ownAddress === 0) this.#ownAddress = this.#kernel.reserve(4 * this.#count);
    this.use({ entries: this.#own, address: this.#ownAddress });
    this.entries.fill(0);
    this.#locate(tape, this.#root, 0);
    this.#kernel.bytes.set(bytesOf(this.entries), this.address);
  }

  /** Returns a copy of the located slots. */
  keep(): LocatedSlots {
    return { entries: this.entries.slice(), address: this.#kernel.put(this.entries) };
  }

  #locate(tape: RecordTape, node: SlotNode, object: number): void {
    const end = tape.nexts[object] as number;
    for (let entry = object + 1; entry < end; entry = tape.nexts[entry] as number) {
      const found = node.inside[tape.names[entry] as number];
      if (!found) continue;
      this.entries[found.slot] = entry;
      if (found.hasInside && tape.kinds[entry] === ValueKind.object) this.#locate(tape, found, entry);
    }
  }
}
