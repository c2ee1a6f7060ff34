import { FIRST_LAYOUT } from "../contract/layout.ts";
import { keyValues } from "../contract/record-key.ts";
import { findHiddenCharacter } from "../diagnostics/character-name.ts";
import { lookAlikeSkeleton } from "../diagnostics/look-alike-skeleton.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** The skeleton of a key (look-alike-skeleton.ts), in the form of a key. */
export const keyLook = (plan: Pick<TablePlan, "primaryKey">, key: string): string =>
  plan.primaryKey.length === 1
    ? lookAlikeSkeleton(key)
    : JSON.stringify((keyValues(plan, key) ?? []).map((value) => (typeof value === "string" ? lookAlikeSkeleton(value) : value)));

/** Whether a key is invisible. */
export function isBlankKey(plan: Pick<TablePlan, "primaryKey">, key: string): boolean {
  const values = keyValues(plan, key) ?? [];
  return values.length > 0 && values.every((value) => typeof value === "string" && lookAlikeSkeleton(value) === "");
}

/** The first value of a key with white space at its start or end. */
export const spacedKeyValue = (plan: Pick<TablePlan, "primaryKey">, key: string): string | undefined =>
  (plan.primaryKey.length === 1 ? [key] : (keyValues(plan, key) ?? [])).find(
    (value): value is string => typeof value === "string" && value !== value.trim(),
  );

/** Whether a key has invisible characters: hidden ones anywhere, or spaces at the ends of a value. */
export const isHiddenKey = (plan: Pick<TablePlan, "primaryKey">, key: string): boolean =>
  findHiddenCharacter(key) !== undefined || spacedKeyValue(plan, key) !== undefined;

/** How a key looks. */
export function keyAppearance(plan: TablePlan, key: string): { isHidden: boolean; look: string } {
  return { isHidden: isBlankKey(plan, key) || isHiddenKey(plan, key), look: keyLook(plan, key) };
}

/** Whether different keys of a table may look alike: keys of numbers only never do. */
export const hasLooks = ({ columns, primaryKey, layout }: Pick<TablePlan, "columns" | "primaryKey" | "layout">): boolean =>
  layout > FIRST_LAYOUT && columns.some(({ name, type }) => primaryKey.includes(name) && type === "string");
