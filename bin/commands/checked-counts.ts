import type { Checked } from "../../lib/check/check-dataset.ts";
import { countRecords } from "../../lib/release/record-noun.ts";

export const checkedCounts = (checked: Checked): string =>
  [...checked.records].map(([table, count]) => countRecords(count, table)).join(", ");
