import type { JsonRecord } from "../../formats/value.ts";
import { successorColumn } from "../../schema/successor-column.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { describedPropertyValues, propertyWithRole } from "./property.ts";

/** The standing of a statement. A deprecated, refuted or replaced statement does not stand. */
export interface Standing {
  isDeprecated?: true;
  /** It is ranked as preferred, and stands. */
  isPreferred?: true;
  /** Its certainty has `level` 0. */
  isRefuted?: true;
  /** It names the statement that replaces it. */
  isReplaced?: true;
}

/** Reads the standing of each record of a table. */
export function standingReader(plan: TablePlan): (record: JsonRecord) => Standing {
  const rank = propertyWithRole(plan, "rank")?.[0];
  const certainty = propertyWithRole(plan, "certainty");
  const refuted = new Set(
    Object.entries(describedPropertyValues(certainty?.[1])).flatMap(([value, { level }]) => (level === 0 ? [value] : [])),
  );
  const successor = successorColumn(plan);
  return (record) => {
    const ranked = rank === undefined ? undefined : record[rank];
    const by = successor === undefined ? undefined : record[successor];
    const isRefuted = certainty !== undefined && refuted.has(String(record[certainty[0]]));
    const isReplaced = typeof by === "string";
    return {
      ...(ranked === "deprecated" ? { isDeprecated: true } : {}),
      ...(isRefuted ? { isRefuted } : {}),
      ...(isReplaced ? { isReplaced } : {}),
      ...(ranked === "preferred" && !isRefuted && !isReplaced ? { isPreferred: true } : {}),
    };
  };
}

/** Preferred statements first, then the others that stand, replaced or refuted ones, and deprecated ones. */
export const standingOrder = ({ isPreferred, isDeprecated, isRefuted, isReplaced }: Standing): number =>
  isDeprecated ? 3 : isReplaced || isRefuted ? 2 : isPreferred ? 0 : 1;
