import type { Output } from "../format.ts";

export const PAGE_BYTES = 4096;
/** The page at 1 GiB, which SQLite uses for locks. It must be empty (Database File Format, 1.3, The Lock-Byte Page). */
export const LOCK_PAGE = 2 ** 30 / PAGE_BYTES + 1;
const BLOCK_PAGES = 64;

/** The pages of a database in order, except for the first, which is written last. */
export class PageSink {
  readonly #output: Pick<Output, "write">;
  #block = Buffer.alloc(BLOCK_PAGES * PAGE_BYTES);
  #filled = 0;
  #next: number;

  constructor(output: Pick<Output, "write">, next = 2) {
    this.#output = output;
    this.#next = next;
  }

  /** The number of the next page. */
  get next(): number {
    return this.#next === LOCK_PAGE ? LOCK_PAGE + 1 : this.#next;
  }

  /** The number of the page after the given one. */
  after(number: number): number {
    return number + 1 === LOCK_PAGE ? LOCK_PAGE + 1 : number + 1;
  }

  /** Number of pages so far, including the first. */
  get count(): number {
    return this.#next - 1;
  }

  /** Whether `flush` is due. */
  get isFull(): boolean {
    return this.#filled >= this.#block.length;
  }

  /** Copies a page and returns its number. */
  add(page: Uint8Array): number {
    if (this.#next === LOCK_PAGE) this.#append(new Uint8Array(PAGE_BYTES));
    this.#append(page);
    return this.#next - 1;
  }

  #append(page: Uint8Array): void {
    if (this.#filled === this.#block.length) {
      // A record that fills many pages, which is in memory anyway.
      const larger = Buffer.alloc(this.#block.length * 2);
      larger.set(this.#block);
      this.#block = larger;
    }
    this.#block.set(page, this.#filled);
    this.#filled += PAGE_BYTES;
    this.#next += 1;
  }

  async flush(): Promise<void> {
    if (this.#filled === 0) return;
    const full = this.#block.subarray(0, this.#filled);
    // The receiver may keep the bytes.
    this.#block = Buffer.alloc(BLOCK_PAGES * PAGE_BYTES);
    this.#filled = 0;
    await this.#output.write(full);
  }
}
