import type { Encoding } from "../check/table-encodings.ts";
import { CELL_COUNTS_ENCODER, CellCounts } from "../formats/cell-counts.ts";
import type { EncodedPart } from "../formats/format.ts";
import { recordsFile } from "../formats/records-file.ts";
import type { CountedTables } from "../ports/counted-tables.ts";
import type { Artifact } from "../ports/ports.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** Counts the values of each column in the pass that writes the tables. */
export class CellCounting implements Encoding {
  readonly encoders = [CELL_COUNTS_ENCODER];
  readonly #tables = new Map<TablePlan, CellCounts>();

  async write(plan: TablePlan, parts: readonly EncodedPart[]): Promise<void> {
    const counts = this.#tables.get(plan) ?? new CellCounts(plan.columns.length);
    this.#tables.set(plan, counts);
    for (const part of parts) counts.add(part);
  }

  /** Remembers the counts of the tables whose records were written. */
  finish(artifacts: readonly Artifact[], counted: CountedTables): void {
    for (const [plan, counts] of this.#tables) {
      const records = artifacts.find(({ name }) => name === recordsFile(plan.name));
      if (records) counted.add(records.sha256, plan, counts);
    }
  }
}
