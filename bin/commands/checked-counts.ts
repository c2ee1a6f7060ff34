import type { Checked } from "../../lib/check/check-dataset.ts";

export const checkedCounts = (checked: Checked): string => [...checked.records].map(([table, count]) => `${count} ${table}`).join(", ");
