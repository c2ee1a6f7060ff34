import { edtfDays } from "../schema/edtf-days.ts";

/** A date column, and the columns of its first and last day, which a release derives. */
export interface DateColumns {
  date: number;
  start: number;
  end: number;
}

/** Whether a row has the first and last day that a release would derive from its date. */
export function areDerivedDays(cells: readonly string[], { date, start, end }: DateColumns): boolean {
  const cell = cells[date] ?? "";
  const days = cell === "" ? { start: "", end: "" } : edtfDays(cell);
  return days !== undefined && days.start === (cells[start] ?? "") && days.end === (cells[end] ?? "");
}
