import { KernelSink } from "../../kernel/kernel-sink.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { hasKeyAppearances, inspectKeyAppearance } from "../key-appearance.ts";
import type { KeyBatch } from "../key-batch.ts";
import { writeFingerprint } from "../write-fingerprint.ts";
import type { ReadingState } from "./reading-state.ts";

/** Collects the keys of a batch like `KeyBatchBuilder`. The kernel adds plain keys. */
export class KernelKeys {
  readonly #plan: TablePlan;
  readonly #hasLooks: boolean;
  readonly #bytes: KernelSink;
  readonly #ends: KernelSink;
  readonly #fingerprints: KernelSink;
  /** Fingerprints of looks that differ from their keys, with the number of the key. */
  #looks: [number: number, look: Uint32Array][] = [];
  #hidden: number[] = [];

  constructor(plan: TablePlan, { kernel, slots }: Pick<ReadingState, "kernel" | "slots">) {
    this.#plan = plan;
    this.#hasLooks = hasKeyAppearances(plan);
    [this.#bytes, this.#ends, this.#fingerprints] = [new KernelSink(kernel), new KernelSink(kernel), new KernelSink(kernel)];
    const [name, ...more] = plan.primaryKey;
    const slot = name === undefined || more.length > 0 ? -1 : slots.add([name]);
    kernel.code.openTapeKeys(slot, this.#hasLooks ? 1 : 0, this.#bytes.address, this.#ends.address, this.#fingerprints.address);
  }

  clear(): void {
    for (const sink of [this.#bytes, this.#ends, this.#fingerprints]) sink.clear();
    this.#looks = [];
    this.#hidden = [];
  }

  /** The text of a key. */
  text(number: number): string {
    const ends = this.#ends.view();
    return this.#bytes.view().toString("utf8", number === 0 ? 0 : ends.readUInt32LE(4 * number - 4), ends.readUInt32LE(4 * number));
  }

  addText(key: string): void {
    const number = this.#ends.length / 4;
    const bytes = Buffer.from(key);
    this.#bytes.append(bytes);
    this.#ends.append(Uint32Array.of(this.#bytes.length));
    this.#fingerprints.append(fingerprintOf(bytes));
    if (!this.#hasLooks) return;
    const { isHidden, look } = inspectKeyAppearance(this.#plan, key);
    if (isHidden) this.#hidden.push(number);
    if (look !== key) this.#looks.push([number, fingerprintOf(Buffer.from(look))]);
  }

  /** A copy of the keys since `clear`. */
  take(): KeyBatch {
    const fingerprints = this.#fingerprints.words();
    const looks = this.#looks.length > 0 ? fingerprints.slice() : undefined;
    for (const [number, look] of this.#looks) looks?.set(look, number * 2);
    const ends = this.#ends.words();
    const bytes = new Uint8Array(this.#bytes.view());
    return { count: ends.length, bytes, ends, fingerprints, ...(looks ? { looks } : {}), hidden: this.#hidden };
  }
}

function fingerprintOf(bytes: Uint8Array): Uint32Array {
  const fingerprint = new Uint32Array(2);
  writeFingerprint(bytes, 0, bytes.length, fingerprint, 0);
  return fingerprint;
}
