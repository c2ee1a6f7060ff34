import type { Outcome } from "./print-findings.ts";

/** Whether the branch was refused, or blocked. */
export const findingsRefuse = ({ refused, blocked }: Pick<Outcome, "refused" | "blocked">): boolean =>
  refused !== undefined || blocked !== undefined;
