import type { Kernel } from "../../kernel/kernel.ts";
import { StringFlag } from "./string-flag.ts";
import { ValueKind } from "./value-kind.ts";

const ENTRIES = 256;

/**
 * A record as a table of its values in textual order. Entry 0 is the record; the contents of an object or list follow it. The columns are
 * in the memory of the kernel, which writes them.
 */
export class RecordTape {
  kinds: Uint8Array = new Uint8Array();
  /** Flags of a string; 0 for other values. */
  holds: Uint8Array = new Uint8Array();
  /** The number of the property's name; -1 for the record and for items of lists. */
  names: Int32Array = new Int32Array();
  /** The address of the first byte of the value in the form of JSON.stringify, without the quotes of a string. */
  starts: Uint32Array = new Uint32Array();
  ends: Uint32Array = new Uint32Array();
  /** The entry after a value and its contents. */
  nexts: Uint32Array = new Uint32Array();
  readonly #kernel: Kernel;
  #entries = ENTRIES;
  #columns: number[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#reserve();
    kernel.whenMoved(() => this.#view());
  }

  /** Number of entries of the record. */
  get size(): number {
    return this.nexts[0] as number;
  }

  /** Makes space for more entries. The tape is then empty. */
  grow(): void {
    this.#entries *= 2;
    this.#reserve();
  }

  /** The value of a property of an object, or -1. */
  property(object: number, name: number): number {
    const end = this.nexts[object] as number;
    for (let entry = object + 1; entry < end; entry = this.nexts[entry] as number) if (this.names[entry] === name) return entry;
    return -1;
  }

  /** The value of an entry as returned by `JSON.parse`. `bytes` is the memory that the tape refers to. */
  value(entry: number, bytes: Buffer): unknown {
    const [start, end] = [this.starts[entry] as number, this.ends[entry] as number];
    if (this.kinds[entry] !== ValueKind.string) return JSON.parse(bytes.toString("utf8", start, end));
    const holds = this.holds[entry] as number;
    if ((holds & StringFlag.backslash) !== 0) return JSON.parse(bytes.toString("utf8", start - 1, end + 1));
    return bytes.toString((holds & StringFlag.unusual) === 0 ? "latin1" : "utf8", start, end);
  }

  #reserve(): void {
    this.#columns = [1, 1, 4, 4, 4, 4, 4].map((width) => this.#kernel.reserve(width * this.#entries));
    const [kinds = 0, holds = 0, names = 0, starts = 0, ends = 0, nexts = 0, values = 0] = this.#columns;
    this.#kernel.code.openTape(this.#entries, kinds, holds, names, starts, ends, nexts, values);
    this.#view();
  }

  #view(): void {
    const { buffer } = this.#kernel.bytes;
    const [kinds, holds, names, starts, ends, nexts] = this.#columns;
    this.kinds = new Uint8Array(buffer, kinds, this.#entries);
    this.holds = new Uint8Array(buffer, holds, this.#entries);
    this.names = new Int32Array(buffer, names, this.#entries);
    this.starts = new Uint32Array(buffer, starts, this.#entries);
    this.ends = new Uint32Array(buffer, ends, this.#entries);
    this.nexts = new Uint32Array(buffer, nexts, this.#entries);
  }
}
