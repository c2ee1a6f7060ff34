import type { Column, TablePlan } from "../../schema/table-plan.ts";
import { csvTextHeader } from "./csv-text.ts";
import { guardFormula } from "./guard-formula.ts";

const JOINED = "A list, joined with ; (in items, ; and \\ have a \\ before them; \\- is an item without a value; [] is an empty list).";

/** The types of a column, if its schema allows several; the plan has only the first. */
const typesOf = ({ schema }: Column): string[] => (Array.isArray(schema.type) ? schema.type.filter((type) => type !== "null") : []);

/** A column of several types is text, unless all types are numeric. */
const unionType = (types: readonly string[]): string =>
  types.every((type) => type === "integer" || type === "number") ? "number" : "string";

function fieldType(layout: number, column: Column): string {
  if (column.derived === "start" || column.derived === "end") return "date";
  if (column.item || column.derived || column.type === "json") return "string";
  const types = layout === 1 ? [] : typesOf(column);
  if (types.length > 1) return unionType(types);
  return column.format === "date" ? "date" : column.type;
}

/** Every record has a value in such a column, so an empty cell is an empty text. */
const mayBeEmptyText = ({ required, item, derived, type, allowed, format, schema }: Column, isKey: boolean): boolean =>
  required && !isKey && !item && !derived && type === "string" && !allowed && !format && !(Number(schema["minLength"]) > 0);

function field(layout: number, column: Column, isKey: boolean): object {
  const allowed = column.allowed && !column.item && !column.derived && column.type === "string" ? column.allowed : undefined;
  const constraints = {
    ...(column.required ? { required: true } : {}),
    ...(allowed ? { enum: layout === 1 ? allowed : allowed.map((value) => guardFormula(layout, value)) } : {}),
  };
  const description = [column.description, column.item && !column.derived ? JOINED : ""].filter(Boolean).join(" ");
  return {
    name: csvTextHeader(layout, column.name),
    type: fieldType(layout, column),
    title: column.title,
    ...(description ? { description } : {}),
    ...(layout > 1 && mayBeEmptyText(column, isKey) ? { missingValues: [] } : {}),
    ...(Object.keys(constraints).length > 0 ? { constraints } : {}),
  };
}

interface TableParts {
  layout: number;
  columns: readonly Column[];
  primaryKey: readonly string[];
  plans: readonly TablePlan[];
}

/** The foreign keys of a table: columns with a single-column key of another table of the same type. */
function foreignKeysOf({ layout, columns, plans }: TableParts): object[] {
  return columns.flatMap((column) => {
    const plan = plans.find(({ name }) => name === column.references);
    if (plan?.primaryKey.length !== 1 || column.item || column.derived) return [];
    const key = plan.columns.find(({ name }) => name === plan.primaryKey[0]);
    if (layout > 1 && (!key || fieldType(layout, key) !== fieldType(layout, column))) return [];
    // The resource of a table has the name of its file, in lower case.
    const resource = layout === 1 ? plan.name : plan.name.toLowerCase();
    const fields = plan.primaryKey.map((name) => csvTextHeader(layout, name));
    return [{ fields: [csvTextHeader(layout, column.name)], reference: { resource, fields } }];
  });
}

export function tableSchema(parts: TableParts): object {
  const { layout, columns, primaryKey } = parts;
  const foreignKeys = foreignKeysOf(parts);
  return {
    fields: columns.map((column) => field(layout, column, primaryKey.length === 1 && primaryKey[0] === column.name)),
    ...(primaryKey.length > 0 ? { primaryKey: primaryKey.map((name) => csvTextHeader(layout, name)) } : {}),
    missingValues: [""],
    ...(foreignKeys.length > 0 ? { foreignKeys } : {}),
  };
}
