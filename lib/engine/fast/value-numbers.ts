import { ByteMap } from "./byte-map.ts";
import { Kind, type Tape } from "./tape.ts";

const MAX_VALUES = 50_000;
const MAX_BYTES = 1024 * 1024;

/** Numbers the values of entries from 0, so that what is made of a value is remembered under its number: values repeat. */
export class ValueNumbers {
  readonly #values = new ByteMap();
  #start = 0;
  #end = 0;

  /** The number of the value of an entry; -1: it has none yet. */
  find(tape: Tape, bytes: Uint8Array, entry: number): number {
    // The quotes tell "2020" from 2020.
    const around = tape.kinds[entry] === Kind.string ? 1 : 0;
    this.#start = (tape.starts[entry] as number) - around;
    this.#end = (tape.ends[entry] as number) + around;
    return this.#values.find(bytes, this.#start, this.#end);
  }

  /** Numbers the value that was not found. */
  add(bytes: Uint8Array): number {
    return this.#values.add(bytes, this.#start, this.#end);
  }

  /** Whether there are too many to keep. */
  get isFull(): boolean {
    return this.#values.size >= MAX_VALUES || this.#values.bytes > MAX_BYTES;
  }

  clear(): void {
    this.#values.clear();
  }
}
