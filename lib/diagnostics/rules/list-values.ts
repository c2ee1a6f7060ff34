import { quote } from "./quote.ts";
import { truncate } from "./truncate.ts";

/** Lists of up to WHOLE values are complete. Longer lists are cut to FEW values beside a suggestion, otherwise to MANY. */
export const WHOLE = 12;

const FEW = 8;

const MANY = 30;

export function listValues(values: readonly unknown[], hasNearMiss = false): string {
  const texts = values.map((value) => (typeof value === "string" ? truncate(value) : quote(value)));
  const limit = texts.length <= WHOLE ? WHOLE : hasNearMiss ? FEW : MANY;
  return `${texts.slice(0, limit).join(", ")}${texts.length > limit ? ` and ${texts.length - limit} more` : ""}`;
}
