import type { JsonRecord, Value } from "../../formats/cell-text.ts";
import { edtfDays } from "../../schema/edtf-days.ts";
import { resolve, type Schema, type TablePlan, typeOf } from "../../schema/table-plan.ts";
import type { ExplorerColumn } from "./explorer-model.ts";
import { isStatements, type Property, propertiesOf, withRole } from "./property.ts";

/** A column of the explorer with its property. */
export interface PropertyColumn extends ExplorerColumn {
  name: string;
  schema: Schema;
}

const isDated = ({ format }: Schema): boolean => format !== undefined && ["edtf", "date", "date-time"].includes(format);

export function propertyColumns(plan: TablePlan): PropertyColumn[] {
  const kindOf = ([, schema]: Property): ExplorerColumn["kind"] =>
    schema.role === "certainty"
      ? "certainty"
      : isDated(schema)
        ? "date"
        : typeOf(schema) === "number" || typeOf(schema) === "integer"
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
      const property = withRole(plan, role);
      return property ? [column(property, kind)] : [];
    });
  }
  const status = withRole(plan, "status");
  const others = propertiesOf(plan).filter(([name, schema]) => name !== status?.[0] && typeOf(schema) !== "array");
  const label = others.find(([name]) => name === plan.labelColumn);
  const rest = [...(label ? [label] : []), ...others.filter((property) => property !== label)].slice(0, status ? 5 : 6);
  return [
    ...rest.map((property) => column(property, property === label ? "subject" : undefined)),
    ...(status ? [column(status, "status")] : []),
  ];
}

/** The first and last day of a record: of its value, or else of its time. */
export function daysOf(plan: TablePlan, record: JsonRecord, columns: readonly PropertyColumn[]): [string, string] | undefined {
  const value = withRole(plan, "value");
  const dates = (schema: Schema, held: Value): Value[] =>
    held !== null && typeof held === "object" && !Array.isArray(held)
      ? Object.entries(resolve(schema, plan.record).properties ?? {}).flatMap(([name, inner]) =>
          isDated(resolve(inner, plan.record)) ? [held[name]] : [],
        )
      : isDated(schema)
        ? [held]
        : [];
  const time = withRole(plan, "time")?.[0] ?? columns.find(({ kind }) => kind === "date")?.name;
  const held = [...(value ? dates(value[1], record[value[0]]) : []), time === undefined ? undefined : record[time]];
  for (const text of held) {
    const days = typeof text === "string" ? edtfDays(text.replace(/^(\d{4}-\d\d-\d\d)[Tt ].*$/, "$1")) : undefined;
    if (days) return [days.start, days.end];
  }
  return undefined;
}
