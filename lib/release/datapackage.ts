import { LAYOUT } from "../contract/layout.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { csvName } from "../formats/csv.ts";
import { guard } from "../formats/formula-guard.ts";
import type { Column, LinkTable, TablePlan } from "../schema/table-plan.ts";

/** What a release says of itself. */
export interface ReleaseFacts {
  /** Undefined for a preview. */
  version?: string;
  commit: string | null;
  /** When its commit was made, RFC 3339 in UTC; null where that is not known. */
  date: string | null;
  /** SHA-256 of the SHA256SUMS of the release before; null for the first. */
  previous: string | null;
  /** Version of Factpress that built it. */
  generator: string;
}

export interface FileFacts {
  name: string;
  bytes: number;
  sha256: string;
}

/** Media type and encoding by the ending of a file name. */
const MEDIA_TYPES: Record<string, string> = {
  csv: "text/csv",
  json: "application/json",
  ndjson: "application/x-ndjson",
  md: "text/plain",
  txt: "text/plain",
};

const GUARD_1 =
  "Text that starts with = + - @ ', a tab or a carriage return has one ' put before it, so that no spreadsheet runs it as a formula: drop one leading ' to get the exact text.";
const GUARD =
  "Text, and the name of a column, that starts with = + - @ ', a tab or a line break has one ' put before it, so that no spreadsheet runs it as a formula; so has what follows a ; within it. Numbers and a sign on its own have none. Drop one ' at the start and one after each ; to get the exact text. This description names columns and values as they stand in the CSV.";
const JOINED = "A list, joined with ; (in items, ; and \\ have a \\ before them; \\- is an item without a value; [] is an empty list).";

/** The types that a schema names, where it names several; the plan knows the first only. */
const typesOf = ({ schema }: Column): string[] => (Array.isArray(schema.type) ? schema.type.filter((type) => type !== "null") : []);

/** Several types in one column are text, unless all of them are numbers. */
const unionType = (types: readonly string[]): string =>
  types.every((type) => type === "integer" || type === "number") ? "number" : "string";

function fieldType(layout: number, column: Column): string {
  if (column.derived === "start" || column.derived === "end") return "date";
  if (column.item || column.derived || column.type === "json") return "string";
  const types = layout === 1 ? [] : typesOf(column);
  if (types.length > 1) return unionType(types);
  return column.format === "date" ? "date" : column.type;
}

/** An empty cell of such a column is an empty text: every record has a value there. */
const mayBeEmptyText = ({ required, item, derived, type, allowed, format, schema }: Column, isKey: boolean): boolean =>
  required && !isKey && !item && !derived && type === "string" && !allowed && !format && !(Number(schema["minLength"]) > 0);

function field(layout: number, column: Column, isKey: boolean): object {
  const allowed = column.allowed && !column.item && !column.derived && column.type === "string" ? column.allowed : undefined;
  const constraints = {
    ...(column.required ? { required: true } : {}),
    ...(allowed ? { enum: layout === 1 ? allowed : allowed.map((value) => guard(layout, value)) } : {}),
  };
  const description = [column.description, column.item && !column.derived ? JOINED : ""].filter(Boolean).join(" ");
  return {
    name: csvName(layout, column.name),
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

/** The foreign keys of a table: columns that hold one key of another table, as text or number alike. */
function foreignKeysOf({ layout, columns, plans }: TableParts): object[] {
  return columns.flatMap((column) => {
    const plan = plans.find(({ name }) => name === column.references);
    if (plan?.primaryKey.length !== 1 || column.item || column.derived) return [];
    const key = plan.columns.find(({ name }) => name === plan.primaryKey[0]);
    if (layout > 1 && (!key || fieldType(layout, key) !== fieldType(layout, column))) return [];
    // The resource of a table is called like its file, in small letters.
    const resource = layout === 1 ? plan.name : plan.name.toLowerCase();
    const fields = plan.primaryKey.map((name) => csvName(layout, name));
    return [{ fields: [csvName(layout, column.name)], reference: { resource, fields } }];
  });
}

function tableSchema(parts: TableParts): object {
  const { layout, columns, primaryKey } = parts;
  const foreignKeys = foreignKeysOf(parts);
  return {
    fields: columns.map((column) => field(layout, column, primaryKey.length === 1 && primaryKey[0] === column.name)),
    ...(primaryKey.length > 0 ? { primaryKey: primaryKey.map((name) => csvName(layout, name)) } : {}),
    missingValues: [""],
    ...(foreignKeys.length > 0 ? { foreignKeys } : {}),
  };
}

const linkColumns = (link: LinkTable): Column[] =>
  link.columns.map((column) => (column.item ? { ...column, item: undefined as never } : column));

/** The layout that all tables of a dataset have. */
export const layoutOf = (plans: readonly TablePlan[]): number => plans[0]?.layout ?? LAYOUT;

/** `datapackage.json`: Data Package v2, https://datapackage.org. */
export function datapackage(dataset: Pick<Dataset, "metadata" | "plans">, release: ReleaseFacts, files: readonly FileFacts[]): object {
  const { name, title, description, licenses, contributors, keywords, homepage } = dataset.metadata;
  const { plans } = dataset;
  const layout = layoutOf(plans);
  const tables = new Map<string, { title: string; description: string; schema: object }>();
  for (const plan of plans) {
    tables.set(`${plan.name}.csv`, {
      title: plan.title,
      description: plan.description,
      schema: tableSchema({ layout, columns: plan.columns, primaryKey: plan.primaryKey, plans }),
    });
    for (const link of plan.links)
      tables.set(`${link.name}.csv`, {
        title: `${plan.title}: ${link.path.join(".")}`,
        description: `One row for each item of ${link.path.join(".")} in ${plan.name}.`,
        schema: tableSchema({ layout, columns: linkColumns(link), primaryKey: [], plans }),
      });
  }
  const resources = files.map((file) => {
    const [base = "", extension = ""] = file.name.split(/\.(?=[^.]*$)/);
    const table = tables.get(file.name);
    return {
      name: table ? base.toLowerCase() : file.name.toLowerCase(),
      path: file.name,
      ...(table ? { type: "table", title: table.title, description: table.description } : {}),
      format: extension.toLowerCase() || "txt",
      mediatype: MEDIA_TYPES[extension.toLowerCase()] ?? "text/plain",
      encoding: "utf-8",
      bytes: file.bytes,
      hash: `sha256:${file.sha256}`,
      ...(table
        ? { dialect: { delimiter: ",", lineTerminator: "\r\n", quoteChar: '"', doubleQuote: true, header: true }, schema: table.schema }
        : {}),
    };
  });
  return {
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name,
    title,
    description,
    ...(release.version ? { version: release.version } : {}),
    ...(release.date ? { created: release.date } : {}),
    licenses,
    ...(contributors ? { contributors } : {}),
    ...(keywords ? { keywords } : {}),
    ...(homepage ? { homepage } : {}),
    commit: release.commit,
    previous: release.previous,
    generator: `factpress ${release.generator}`,
    layout,
    records: dataset.metadata.release?.records ?? "stay",
    notes: [layout === 1 ? GUARD_1 : GUARD],
    resources,
  };
}
