import type { Value } from "../../formats/value.ts";
import { resolveSchema } from "../../schema/resolve-schema.ts";
import type { Role } from "../../schema/roles.ts";
import type { DescribedValue, Schema } from "../../schema/schema.ts";
import type { TablePlan } from "../../schema/table-plan.ts";

export type Property = readonly [name: string, schema: Schema];

export const propertiesOf = (plan: TablePlan): Property[] =>
  Object.entries(plan.record.properties ?? {}).map(([name, schema]) => [name, resolveSchema(schema, plan.record)]);
export const propertyWithRole = (plan: TablePlan, role: Role): Property | undefined =>
  propertiesOf(plan).find(([, schema]) => schema.role === role);
export const describedPropertyValues = (schema: Schema | undefined): Record<string, DescribedValue> => schema?.values ?? {};

/** The text of a value, or of each item of a list. */
export const propertyTexts = (held: Value): (string | undefined)[] =>
  Array.isArray(held)
    ? held.map((item) => (item === null || typeof item === "object" ? undefined : String(item)))
    : held === undefined || held === null
      ? []
      : [String(held)];
