/** A growing list of numbers. */
export class NumberList {
  #values = new Float64Array(1 << 10);
  size = 0;

  push(value: number): void {
    if (this.size === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.size] = value;
    this.size += 1;
  }

  at(i: number): number {
    return this.#values[i] as number;
  }

  set(i: number, value: number): void {
    this.#values[i] = value;
  }
}
