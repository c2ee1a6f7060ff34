import type { Schema } from "../../schema/schema.ts";
import { schemaType } from "../../schema/schema-type.ts";
import { chooseColumns } from "./choose-columns.ts";
import type { Explored } from "./explored.ts";
import type { ExplorerColumn } from "./explorer-model.ts";
import { findNamingColumn } from "./find-naming-column.ts";
import { isStatements } from "./is-statements.ts";
import { type Property, propertiesOf, propertyWithRole } from "./property.ts";
import { readableText } from "./readable-text.ts";

/** A column of the explorer with its property. */
export interface PropertyColumn extends ExplorerColumn {
  name: string;
  schema: Schema;
}

export const isDatedColumn = ({ format }: Schema): boolean => format !== undefined && ["edtf", "date", "date-time"].includes(format);

/** The columns of the explorer: those of a statement by their roles, else those that tell most about the records. */
export function propertyColumns({ plan, records, labels }: Pick<Explored, "plan" | "records" | "labels">): PropertyColumn[] {
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
  const label = others.find(([name]) => name === plan.labelColumn) ?? findNamingColumn(others, records);
  const chosen = chooseColumns(
    [...(label ? [label] : []), ...others.filter((property) => property !== label), ...(status ? [status] : [])],
    {
      always: [label ?? others.find(([name]) => plan.primaryKey.includes(name)), status],
      records,
      textOf: ([name, schema], record) => readableText(schema, plan.record, record[name], labels),
      tellsApart: ([, schema]) =>
        isDatedColumn(schema) || schema.references !== undefined
          ? undefined
          : schemaType(schema) === "integer"
            ? "number"
            : schemaType(schema) === "string"
              ? "text"
              : undefined,
      isTechnical: ([name, schema]) =>
        schema.format === "uri" || (label !== undefined && plan.primaryKey.includes(name) && schemaType(schema) === "integer"),
    },
  );
  return chosen.map((property) => column(property, property === label ? "subject" : property === status ? "status" : undefined));
}
