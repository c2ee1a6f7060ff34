import { KernelSink } from "../../kernel/kernel-sink.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { hasKeyAppearances, inspectKeyAppearance } from "../key-appearance.ts";
import type { KeyBatch } from "../key-batch.ts";
import { writeFingerprint } from "../write-fingerprint.ts";
import type { ReadingState } from "./reading-state.ts";

/** Words of a look: the number of its key, and its fingerprint. */
const LOOK_WORDS = 3;

/** Collects the keys of a batch like `KeyBatchBuilder`. The kernel adds plain keys. */
export class KernelKeys {
  readonly #plan: TablePlan;
  readonly #hasLooks: boolean;
  readonly #bytes: KernelSink;
  readonly #ends: KernelSink;
  readonly #fingerprints: KernelSink;
  /** For each key that looks otherwise, its number and the fingerprint of its look. */
  readonly #looks: KernelSink;
  #hidden: number[] = [];

  constructor(plan: TablePlan, { kernel, slots }: Pick<ReadingState, "kernel" | "slots">) {
    this.#plan = plan;
    this.#hasLooks = hasKeyAppearances(plan);
    [this.#bytes, this.#ends] = [new KernelSink(kernel), new KernelSink(kernel)];
    [this.#fingerprints, this.#looks] = [new KernelSink(kernel), new KernelSink(kernel)];
    const columns = kernel.put(Uint32Array.from(plan.primaryKey, (name) => slots.add([name])));
    const { code } = kernel;
    code.openTapeKeys(columns, plan.primaryKey.length, this.#bytes.address, this.#ends.address, this.#fingerprints.address);
    if (this.#hasLooks) code.setTapeKeyLooks(this.#looks.address);
  }

  clear(): void {
    for (const sink of [this.#bytes, this.#ends, this.#fingerprints, this.#looks]) sink.clear();
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
    if (look !== key) this.#looks.append(Uint32Array.of(number, ...fingerprintOf(Buffer.from(look))));
  }

  /** A copy of the keys since `clear`. */
  take(): KeyBatch {
    const fingerprints = this.#fingerprints.words();
    const differing = this.#looks.words();
    const looks = differing.length > 0 ? fingerprints.slice() : undefined;
    for (let i = 0; looks && i < differing.length; i += LOOK_WORDS) {
      const at = 2 * (differing[i] as number);
      looks[at] = differing[i + 1] as number;
      looks[at + 1] = differing[i + 2] as number;
    }
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
