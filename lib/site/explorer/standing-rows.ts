import type { Standing } from "./standing-reader.ts";

/** It is not deprecated, refuted or replaced. */
export const stands = ({ isDeprecated, isRefuted, isReplaced }: Standing): boolean => !isDeprecated && !isRefuted && !isReplaced;

/** Of statements about the same thing, returns those that an answer rests on: the preferred ones, or else all that stand. */
export function standingRows<Statement extends Standing>(statements: readonly Statement[]): Statement[] {
  const standing = statements.filter(stands);
  const preferred = standing.filter(({ isPreferred }) => isPreferred);
  return preferred.length > 0 ? preferred : standing;
}
