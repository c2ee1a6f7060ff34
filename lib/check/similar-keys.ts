import { FIRST_LAYOUT } from "../contract/layout.ts";
import { keyValues } from "../contract/record-key.ts";
import { lookAlikeSkeleton } from "../diagnostics/look-alike-skeleton.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { KeyIndex } from "./key-index.ts";

/** A key as people see it, in the form of a key. */
export const keyLook = (plan: TablePlan, key: string): string =>
  plan.primaryKey.length === 1
    ? lookAlikeSkeleton(key)
    : JSON.stringify((keyValues(plan, key) ?? []).map((value) => (typeof value === "string" ? lookAlikeSkeleton(value) : value)));

/** A key that looks as it is written: small letters, digits and signs. Neither `\` nor white space, which may stand for something else. */
const PLAIN = /^[!-@[\]-_a-z{-~]+$/;

/** Finds keys that look like an earlier key of the table. Keys of numbers only never look alike. */
export class SimilarKeys {
  readonly #plan: TablePlan;
  readonly #keys: Pick<KeyIndex, "has">;
  /** The looks of keys that are written otherwise: most keys are their own look, and stand in the index of keys. */
  readonly #looks: KeyIndex | undefined;

  /** `keys`: every key so far, the ones that are added here among them. */
  constructor(plan: TablePlan, keys: Pick<KeyIndex, "has">) {
    this.#plan = plan;
    this.#keys = keys;
    const hasText = plan.columns.some(({ name, type }) => plan.primaryKey.includes(name) && type === "string");
    if (hasText && plan.layout > FIRST_LAYOUT) this.#looks = new KeyIndex();
  }

  /** Adds a key that no earlier record has; true where it looks like that of one. */
  add(key: string): boolean {
    if (!this.#looks) return false;
    const look = PLAIN.test(key) ? key : keyLook(this.#plan, key);
    if (look === key) return this.#looks.has(look);
    const isKey = this.#keys.has(look) && keyLook(this.#plan, look) === look;
    return this.#looks.add(look) === undefined || isKey;
  }

  /** Whether a key is invisible. */
  isBlank(key: string): boolean {
    if (!this.#looks || (PLAIN.test(key) && !key.includes('""'))) return false;
    const values = keyValues(this.#plan, key) ?? [];
    return values.length > 0 && values.every((value) => typeof value === "string" && lookAlikeSkeleton(value) === "");
  }
}
