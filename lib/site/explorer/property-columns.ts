import { schemaType } from "../../schema/schema-type.ts";
import type { Schema, TablePlan } from "../../schema/table-plan.ts";
import type { ExplorerColumn } from "./explorer-model.ts";
import { isStatements } from "./is-statements.ts";
import { type Property, propertiesOf, propertyWithRole } from "./property.ts";

/** A column of the explorer with its property. */
export interface PropertyColumn extends ExplorerColumn {
  name: string;
  schema: Schema;
}

export const isDatedColumn = ({ format }: Schema): boolean => format !== undefined && ["edtf", "date", "date-time"].includes(format);

export function propertyColumns(plan: TablePlan): PropertyColumn[] {
  const kindOf = ([, schema]: Property): ExplorerColumn["kind"] =>
    schema.role === "certainty"
      ? "certainty"
      : isDatedColumn(schema)
        ? "date"
        : schemaType(schema) === "number" || schemaType(schema) === "integer"
          ? "number"
          : schema.format === "uri"
            ? "link"
            : "text";
  const column = (property: Property, kind = kindOf(property)): PropertyColumn => ({
    name: property[0],
    schema: property[1],
    title: property[1].title ?? property[0],
    kind,
  });
  if (isStatements(plan)) {
    const roles = [
      ["subject", "subject"],
      ["property", "text"],
      ["value", "value"],
      ["time", "date"],
      ["status", "status"],
      ["certainty", "certainty"],
      ["rank", "rank"],
    ] as const;
    return roles.flatMap(([role, kind]) => {
      const property = propertyWithRole(plan, role);
      return property ? [column(property, kind)] : [];
    });
  }
  const status = propertyWithRole(plan, "status");
  const others = propertiesOf(plan).filter(([name, schema]) => name !== status?.[0] && schemaType(schema) !== "array");
  const label = others.find(([name]) => name === plan.labelColumn);
  const rest = [...(label ? [label] : []), ...others.filter((property) => property !== label)].slice(0, status ? 5 : 6);
  return [
    ...rest.map((property) => column(property, property === label ? "subject" : undefined)),
    ...(status ? [column(status, "status")] : []),
  ];
}
