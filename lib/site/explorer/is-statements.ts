import type { TablePlan } from "../../schema/table-plan.ts";
import { propertyWithRole } from "./property.ts";

/** A table of statements: its records have a subject and a value. */
export const isStatements = (plan: TablePlan): boolean =>
  propertyWithRole(plan, "value") !== undefined && propertyWithRole(plan, "subject") !== undefined;
