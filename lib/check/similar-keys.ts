import { keyAppearance } from "../engine/key-appearance.ts";
import type { KeyBatch } from "../engine/key-batch.ts";
import { keyBatchText } from "../engine/key-batch.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { FingerprintSet } from "./fingerprint-set.ts";

/** Finds keys that may look like an earlier key of the table, by the fingerprints of their looks. */
export class SimilarKeys {
  readonly #plan: TablePlan;
  readonly #keys: FingerprintSet;
  /** Skeletons that differ from their key: most keys equal their skeleton, and are in `keys`. */
  #looks: FingerprintSet | undefined;

  /** `keys`: every key so far, including those added here. */
  constructor(plan: TablePlan, keys: FingerprintSet) {
    this.#plan = plan;
    this.#keys = keys;
  }

  /** Adds a new key; returns true if it looks like an earlier one. */
  add(keys: KeyBatch, number: number): boolean {
    const { looks, fingerprints } = keys;
    const isOwnLook = !looks || (looks[number * 2] === fingerprints[number * 2] && looks[number * 2 + 1] === fingerprints[number * 2 + 1]);
    if (isOwnLook) return this.#looks?.has(fingerprints, number) ?? false;
    this.#looks ??= new FingerprintSet();
    const isKnown = !this.#looks.add(looks, number);
    return isKnown || (this.#keys.has(looks, number) && this.#isLookOfItself(keyAppearance(this.#plan, keyBatchText(keys, number))));
  }

  /** Whether a key with this text would have the text as its look. */
  #isLookOfItself(look: string): boolean {
    return keyAppearance(this.#plan, look) === look;
  }
}
