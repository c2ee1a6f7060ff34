import { randomInt } from "node:crypto";
import type { Kernel } from "../../kernel/kernel.ts";
import { ByteMap } from "./byte-map.ts";

/** JavaScript orders integer names before all others, regardless of the text. */
const IS_INDEX = /^(?:0|[1-9]\d*)$/;
/** Maximum names. Names that come from data, such as one per language, must not fill the memory. */
const MAX_NAMES = 20_000;
/** Initial capacity. */
const NAMES = 64;

interface KernelName {
  address: number;
  length: number;
  /** `JSON.parse` treats it specially. */
  isRefused: boolean;
}

/** Numbers property names: first those of the schema, then others as they appear. The kernel has a copy, to find them in records. */
export class PropertyNames {
  readonly #kernel: Kernel;
  readonly #known = new ByteMap();
  readonly #inKernel: KernelName[] = [];
  #capacity = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#open(NAMES);
  }

  add(name: string): number {
    const bytes = Buffer.from(name);
    const number = this.#known.add(bytes, 0, bytes.length);
    if (number < this.#inKernel.length) return number;
    const isRefused = name === "__proto__" || IS_INDEX.test(name);
    this.#inKernel.push({ address: this.#kernel.put(bytes), length: bytes.length, isRefused });
    if (number === this.#capacity) this.#open(2 * this.#capacity);
    else this.#addToKernel(number);
    return number;
  }

  text(number: number): string {
    return this.#known.text(number);
  }

  /** Numbers a name that the kernel does not know; false if there are too many. */
  addFound(name: string): boolean {
    if (this.#inKernel.length >= MAX_NAMES) return false;
    this.add(name);
    return true;
  }

  /** Copies a path of names to the kernel; returns its address. */
  putPath(path: readonly string[]): number {
    return this.#kernel.put(Int32Array.from(path, (name) => this.add(name)));
  }

  #addToKernel(number: number): void {
    const { address, length, isRefused } = this.#inKernel[number] as KernelName;
    this.#kernel.code.addInternedName(number, address, length, isRefused ? 1 : 0);
  }

  /** Copies all names to the kernel, with space for more. */
  #open(capacity: number): void {
    const { code } = this.#kernel;
    this.#capacity = capacity;
    const table = this.#kernel.reserve(capacity * code.internedNameSize());
    // A random factor prevents crafted collisions.
    code.openInternedNames(table, this.#kernel.reserveZero(4 * 2 * capacity), 2 * capacity, randomInt(2 ** 31) * 2 + 1);
    for (const number of this.#inKernel.keys()) this.#addToKernel(number);
  }
}
