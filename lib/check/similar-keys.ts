import type { KeyBatch } from "../engine/key-batch.ts";
import { keyText } from "../engine/key-batch.ts";
import { keyLook } from "../engine/key-look.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { FingerprintSet } from "./fingerprint-set.ts";

/** Finds keys that may look like an earlier key of the table: those whose looks have the same fingerprint. */
export class SimilarKeys {
  readonly #plan: TablePlan;
  readonly #keys: FingerprintSet;
  /** The looks of keys that are written otherwise: most keys are their own look, and stand among the keys. */
  #looks: FingerprintSet | undefined;

  /** `keys`: every key so far, the ones that are added here among them. */
  constructor(plan: TablePlan, keys: FingerprintSet) {
    this.#plan = plan;
    this.#keys = keys;
  }

  /** Adds a key that no earlier record has; true where it looks like that of one. */
  add(keys: KeyBatch, number: number): boolean {
    const { looks, fingerprints } = keys;
    const isOwnLook = !looks || (looks[number * 2] === fingerprints[number * 2] && looks[number * 2 + 1] === fingerprints[number * 2 + 1]);
    if (isOwnLook) return this.#looks?.has(fingerprints, number) ?? false;
    this.#looks ??= new FingerprintSet();
    const isKnown = !this.#looks.add(looks, number);
    return isKnown || (this.#keys.has(looks, number) && this.#isLookOfItself(keyLook(this.#plan, keyText(keys, number))));
  }

  /** A key with this text may have another look. */
  #isLookOfItself(look: string): boolean {
    return keyLook(this.#plan, look) === look;
  }
}
