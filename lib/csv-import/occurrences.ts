import { quoteCell } from "./quote-cell.ts";
/** A cell, and the line of its row. */
export interface LocatedCell {
  cell: string;
  line: number;
}

/** Counts cells of one kind and keeps the first. */
export class Occurrences {
  first: LocatedCell | undefined;
  count = 0;

  add(cell: string, line: number): void {
    this.first ??= { cell, line };
    this.count += 1;
  }

  /** `line 2, and 8 more` */
  get where(): string {
    return `line ${this.first?.line ?? 0}${this.count > 1 ? `, and ${this.count - 1} more` : ""}`;
  }

  /** `"1,5"`, the first one. */
  get quoted(): string {
    return quoteCell(this.first?.cell ?? "");
  }
}

/** The occurrences of a kind, created on first use. */
export function occurrencesOf(kinds: Map<string, Occurrences>, kind: string): Occurrences {
  const occurrences = kinds.get(kind) ?? new Occurrences();
  kinds.set(kind, occurrences);
  return occurrences;
}
