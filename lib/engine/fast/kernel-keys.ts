import { Sink } from "../../kernel/sink.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import type { KeyBatch } from "../key-batch.ts";
import { hasLooks, keyAppearance } from "../key-look.ts";
import { writeFingerprint } from "../write-fingerprint.ts";
import type { ReadingState } from "./reading-state.ts";

/** Collects the keys of a batch, as `KeyBatchBuilder` does. The kernel adds those that are plain. */
export class KernelKeys {
  readonly #plan: TablePlan;
  readonly #kernel: ReadingState["kernel"];
  readonly #hasLooks: boolean;
  readonly #bytes: Sink;
  readonly #ends: Sink;
  readonly #fingerprints: Sink;
  /** Fingerprints of looks that differ from their keys, by the number of the key. */
  #looks: [number: number, look: Uint32Array][] = [];
  #hidden: number[] = [];

  constructor(plan: TablePlan, { kernel }: Pick<ReadingState, "kernel">) {
    this.#plan = plan;
    this.#kernel = kernel;
    this.#hasLooks = hasLooks(plan);
    [this.#bytes, this.#ends, this.#fingerprints] = [new Sink(kernel), new Sink(kernel), new Sink(kernel)];
  }

  clear(): void {
    for (const sink of [this.#bytes, this.#ends, this.#fingerprints]) sink.clear();
    this.#looks = [];
    this.#hidden = [];
  }

  /** Adds the text of an entry; false, and nothing is added, where it has to be looked at as a text. */
  add(entry: number): boolean {
    const mayLookOtherwise = this.#hasLooks ? 1 : 0;
    return this.#kernel.code.addKey(entry, mayLookOtherwise, this.#bytes.address, this.#ends.address, this.#fingerprints.address) !== 0;
  }

  addText(key: string): void {
    const number = this.#ends.length / 4;
    const bytes = Buffer.from(key);
    this.#bytes.append(bytes);
    this.#ends.append(Uint32Array.of(this.#bytes.length));
    this.#fingerprints.append(fingerprintOf(bytes));
    if (!this.#hasLooks) return;
    const { isHidden, look } = keyAppearance(this.#plan, key);
    if (isHidden) this.#hidden.push(number);
    if (look !== key) this.#looks.push([number, fingerprintOf(Buffer.from(look))]);
  }

  /** The keys since `clear`, in memory of their own. */
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
