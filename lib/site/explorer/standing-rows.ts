import type { Standing } from "./standing-reader.ts";

/** Of statements about the same thing, returns those that an answer rests on: the preferred ones, or else all that stand. */
export function standingRows<Statement extends Standing>(statements: readonly Statement[]): Statement[] {
  const standing = statements.filter(({ isDeprecated, isRefuted, isReplaced }) => !isDeprecated && !isRefuted && !isReplaced);
  const preferred = standing.filter(({ isPreferred }) => isPreferred);
  return preferred.length > 0 ? preferred : standing;
}
