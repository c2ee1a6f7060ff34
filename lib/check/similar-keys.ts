import { FIRST_LAYOUT } from "../contract/layout.ts";
import { keyValues } from "../contract/record-key.ts";
import { skeleton } from "../diagnostics/look-alike.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { KeyIndex } from "./key-index.ts";

/** A key as people see it. */
export const keyLook = (plan: TablePlan, key: string): string =>
  JSON.stringify((keyValues(plan, key) ?? []).map((value) => (typeof value === "string" ? skeleton(value) : value)));

/** Finds keys of a table that people cannot tell from an earlier one. Keys of numbers only are never alike. */
export class SimilarKeys {
  readonly #plan: TablePlan;
  readonly #looks: KeyIndex | undefined;

  constructor(plan: TablePlan) {
    this.#plan = plan;
    const hasText = plan.columns.some(({ name, type }) => plan.primaryKey.includes(name) && type === "string");
    if (hasText && plan.layout > FIRST_LAYOUT) this.#looks = new KeyIndex();
  }

  /** Adds a key that no earlier record has; true where it looks like that of one. */
  add(key: string): boolean {
    return this.#looks !== undefined && this.#looks.add(keyLook(this.#plan, key)) === undefined;
  }

  /** Whether people see nothing of a key. */
  isBlank(key: string): boolean {
    const values = this.#looks ? (keyValues(this.#plan, key) ?? []) : [];
    return values.length > 0 && values.every((value) => typeof value === "string" && skeleton(value) === "");
  }
}
