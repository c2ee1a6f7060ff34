import type { Claim, Row } from "../site/explorer/explorer-model.ts";

/** How a source's statement relates to other statements about the same thing. */
export type StatementState = "contradicted" | "undecided" | "superseded" | "uncontradicted";

/** From this level of certainty, a statement is not contradicted even if another is preferred. */
const MIN_CERTAIN_LEVEL = 3;

const hasPreferred = (claims: readonly Claim[] | undefined): boolean => claims?.some(({ preferred }) => preferred) ?? false;

/** `level`: the certainty of the statement, if its table has a column for it. */
export function statementState(row: Row, level: number | undefined): StatementState {
  if (row.isDeprecated || row.isRefuted) return "contradicted";
  if (row.isReplaced) return "superseded";
  if (row.isPreferred) return "uncontradicted";
  if (hasPreferred(row.morePrecise)) return "superseded";
  if (row.claims === undefined || hasPreferred(row.lessPrecise)) return "uncontradicted";
  if (!hasPreferred(row.claims)) return row.standingClaims === undefined ? "uncontradicted" : "undecided";
  return level !== undefined && level >= MIN_CERTAIN_LEVEL ? "superseded" : "contradicted";
}
