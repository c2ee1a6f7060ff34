/** Maximum concurrent writes. Each file is in memory. */
const MAX_WRITES = 8;

/** Writes files concurrently. A write that returns undefined lost to another publisher. */
export class WriteQueue {
  readonly #pending = new Set<Promise<void>>();
  #lost = false;
  #errors: unknown[] = [];

  /** Resolves when there is room for another write; false if a write was lost. */
  async add(write: () => Promise<string | undefined>): Promise<boolean> {
    while (this.#pending.size >= MAX_WRITES) await Promise.race(this.#pending);
    if (this.#lost || this.#errors.length > 0) return false;
    const pending: Promise<void> = write()
      .then(
        (etag) => {
          this.#lost ||= etag === undefined;
        },
        (error: unknown) => {
          this.#errors.push(error);
        },
      )
      .finally(() => this.#pending.delete(pending));
    this.#pending.add(pending);
    return true;
  }

  /** Waits for all writes. Throws the first error; false if a write was lost. */
  async drain(): Promise<boolean> {
    await Promise.all(this.#pending);
    if (this.#errors.length > 0) throw this.#errors[0];
    return !this.#lost;
  }
}
