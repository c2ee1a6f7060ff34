import { CellCounts } from "../formats/cell-counts.ts";
import { type CountedTables, countedTableId } from "../ports/counted-tables.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** Table key → numbers of its records and values, as returned by `CellCounts.numbers`. */
export type StoredCounts = Record<string, readonly number[]>;

/**
 * The value counts of tables on pages. The counts of the newest release are stored with its pages, so that its page can be written again
 * without reading its records, once it is no longer the newest.
 */
export class PageCounts implements Pick<CountedTables, "get" | "add"> {
  readonly #built: CountedTables | undefined;
  readonly #stored: StoredCounts;
  #used: Record<string, number[]> = {};

  /** `built`: counts of tables that this process built. */
  constructor(built: CountedTables | undefined, stored: StoredCounts) {
    this.#built = built;
    this.#stored = stored;
  }

  get(records: string, plan: TablePlan): CellCounts | undefined {
    const stored = this.#stored[countedTableId(records, plan)];
    return this.#built?.get(records, plan) ?? (Array.isArray(stored) ? CellCounts.ofNumbers(plan.columns.length, stored) : undefined);
  }

  add(records: string, plan: TablePlan, counts: CellCounts): void {
    this.#used[countedTableId(records, plan)] = counts.numbers;
  }

  /** The counts of tables that were added since the last call. */
  take(): StoredCounts {
    const used = this.#used;
    this.#used = {};
    return used;
  }
}
