import type { CellCounts } from "../formats/cell-counts.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { sha256 } from "./sha256.ts";

/** Maximum columns of all tables together. */
const MAX_COLUMNS = 20_000;

/** Equal records may have other columns in another release. */
export const countedTableId = (records: string, { columns }: TablePlan): string =>
  `${records} ${sha256(JSON.stringify(columns.map(({ path }) => path)))}`;

/** Caches the value counts of the tables that this process built last, so that pages need not count the records again. */
export class CountedTables {
  readonly #counts = new Map<string, CellCounts>();
  #columns = 0;

  /** `records`: the SHA-256 of the table's NDJSON. Forgets the oldest tables if there are too many columns. */
  add(records: string, plan: TablePlan, counts: CellCounts): void {
    const key = countedTableId(records, plan);
    this.#remove(key);
    this.#counts.set(key, counts);
    this.#columns += counts.columns.length;
    for (const oldest of this.#counts.keys()) {
      if (this.#columns <= MAX_COLUMNS) break;
      this.#remove(oldest);
    }
  }

  get(records: string, plan: TablePlan): CellCounts | undefined {
    return this.#counts.get(countedTableId(records, plan));
  }

  #remove(key: string): void {
    this.#columns -= this.#counts.get(key)?.columns.length ?? 0;
    this.#counts.delete(key);
  }
}
