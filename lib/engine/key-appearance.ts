import { FIRST_LAYOUT } from "../contract/layout.ts";
import { recordKeyValues } from "../contract/record-key.ts";
import { lookAlikeSkeleton } from "../diagnostics/look-alike-skeleton.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { isHiddenKey } from "./is-hidden-key.ts";

/** The skeleton of a key (look-alike-skeleton.ts), in the form of a key. */
export const keyAppearance = (plan: Pick<TablePlan, "primaryKey">, key: string): string =>
  plan.primaryKey.length === 1
    ? lookAlikeSkeleton(key)
    : JSON.stringify((recordKeyValues(plan, key) ?? []).map((value) => (typeof value === "string" ? lookAlikeSkeleton(value) : value)));

/** Whether a key is invisible. */
export function isKeyAppearanceBlank(plan: Pick<TablePlan, "primaryKey">, key: string): boolean {
  const values = recordKeyValues(plan, key) ?? [];
  return values.length > 0 && values.every((value) => typeof value === "string" && lookAlikeSkeleton(value) === "");
}

/** The appearance of a key. */
export function inspectKeyAppearance(plan: TablePlan, key: string): { isHidden: boolean; look: string } {
  return { isHidden: isKeyAppearanceBlank(plan, key) || isHiddenKey(plan, key), look: keyAppearance(plan, key) };
}

/** Whether different keys of a table may look alike, which is impossible for numbers. */
export const hasKeyAppearances = ({ columns, primaryKey, layout }: Pick<TablePlan, "columns" | "primaryKey" | "layout">): boolean =>
  layout > FIRST_LAYOUT && columns.some(({ name, type }) => primaryKey.includes(name) && type === "string");
