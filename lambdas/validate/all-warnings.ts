import type { Problem } from "../../lib/diagnostics/problem.ts";
import type { CheckedDataset } from "./checked-dataset.ts";

/** All warnings about a dataset. */
export const allWarnings = ({ warnings = [], change }: CheckedDataset): Problem[] => [...warnings, ...(change?.warnings ?? [])];
