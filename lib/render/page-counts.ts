import { CellCounts } from "../formats/cell-counts.ts";
import { type CountedTables, countedTableKey } from "../ports/counted-tables.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** By table: the numbers of its records and values, as `CellCounts` writes them. */
export type StoredCounts = Record<string, readonly number[]>;

/**
 * The value counts of the tables that pages show. Those of the newest release are stored with its pages: when it is no longer the newest, they are
 * written again, and its records need not be read for that.
 */
export class PageCounts implements Pick<CountedTables, "get" | "add"> {
  readonly #built: CountedTables | undefined;
  readonly #stored: StoredCounts;
  #used: Record<string, number[]> = {};

  /** `built`: tables that this process built. */
  constructor(built: CountedTables | undefined, stored: StoredCounts) {
    this.#built = built;
    this.#stored = stored;
  }

  get(records: string, plan: TablePlan): CellCounts | undefined {
    const stored = this.#stored[countedTableKey(records, plan)];
    return this.#built?.get(records, plan) ?? (Array.isArray(stored) ? CellCounts.ofNumbers(plan.columns.length, stored) : undefined);
  }

  add(records: string, plan: TablePlan, counts: CellCounts): void {
    this.#used[countedTableKey(records, plan)] = counts.numbers;
  }

  /** Of the tables since the last call. */
  take(): StoredCounts {
    const used = this.#used;
    this.#used = {};
    return used;
  }
}
