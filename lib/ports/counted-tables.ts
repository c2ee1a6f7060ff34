import type { CellCounts } from "../formats/cell-counts.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** Maximum number of tables that are remembered. */
const MAX_TABLES = 1000;

/** Equal records may have other columns in another release. */
const keyOf = (sha256: string, { columns }: TablePlan): string => JSON.stringify([sha256, columns.map(({ path }) => path)]);

/** What builds counted of tables, by the SHA-256 of their NDJSON: pages need not count the same records again. */
export class CountedTables {
  readonly #counts = new Map<string, CellCounts>();

  add(sha256: string, plan: TablePlan, counts: CellCounts): void {
    this.#counts.set(keyOf(sha256, plan), counts);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > MAX_TABLES && oldest !== undefined) this.#counts.delete(oldest);
  }

  get(sha256: string, plan: TablePlan): CellCounts | undefined {
    return this.#counts.get(keyOf(sha256, plan));
  }
}
