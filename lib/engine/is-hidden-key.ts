import { findHiddenCharacter } from "../diagnostics/find-hidden-character.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { spacedKeyValue } from "./spaced-key-value.ts";

/** Whether a key has invisible characters: hidden characters anywhere, or spaces at the ends of a value. */
export const isHiddenKey = (plan: Pick<TablePlan, "primaryKey">, key: string): boolean =>
  findHiddenCharacter(key) !== undefined || spacedKeyValue(plan, key) !== undefined;
