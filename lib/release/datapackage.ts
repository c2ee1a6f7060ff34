import type { Dataset } from "../dataset/dataset.ts";
import type { Column, LinkTable, TablePlan } from "../dataset/table-plan.ts";
import { LAYOUT } from "../export/outputs.ts";

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

const GUARD =
  "Text that starts with = + - @ ', a tab or a carriage return has one ' put before it, so that no spreadsheet runs it as a formula: drop one leading ' to get the exact text.";
const JOINED = "A list, joined with ; (in items, ; and \\ have a \\ before them; \\- is an item without a value; [] is an empty list).";

const fieldType = (column: Column): string =>
  column.derived === "start" || column.derived === "end" || (column.format === "date" && !column.item)
    ? "date"
    : column.item || column.type === "json" || column.derived
      ? "string"
      : column.type;

function field(column: Column): object {
  const constraints = {
    ...(column.required ? { required: true } : {}),
    ...(column.allowed && !column.item && !column.derived && column.type === "string" ? { enum: column.allowed } : {}),
  };
  const description = [column.description, column.item && !column.derived ? JOINED : ""].filter(Boolean).join(" ");
  return {
    name: column.name,
    type: fieldType(column),
    title: column.title,
    ...(description ? { description } : {}),
    ...(Object.keys(constraints).length > 0 ? { constraints } : {}),
  };
}

function tableSchema(columns: readonly Column[], primaryKey: readonly string[], plans: readonly TablePlan[]): object {
  const foreignKeys = columns.flatMap((column) => {
    const key = plans.find(({ name }) => name === column.references)?.primaryKey;
    if (!column.references || column.item || column.derived || key?.length !== 1) return [];
    return [{ fields: [column.name], reference: { resource: column.references, fields: key } }];
  });
  return {
    fields: columns.map(field),
    ...(primaryKey.length > 0 ? { primaryKey } : {}),
    missingValues: [""],
    ...(foreignKeys.length > 0 ? { foreignKeys } : {}),
  };
}

const linkColumns = (link: LinkTable): Column[] =>
  link.columns.map((column) => (column.item ? { ...column, item: undefined as never } : column));

/** `datapackage.json`: Data Package v2, https://datapackage.org. */
export function datapackage(dataset: Dataset, release: ReleaseFacts, files: readonly FileFacts[]): object {
  const { name, title, description, licenses, contributors, keywords, homepage } = dataset.metadata;
  const tables = new Map<string, { title: string; description: string; schema: object }>();
  for (const plan of dataset.plans) {
    tables.set(`${plan.name}.csv`, {
      title: plan.title,
      description: plan.description,
      schema: tableSchema(plan.columns, plan.primaryKey, dataset.plans),
    });
    for (const link of plan.links)
      tables.set(`${link.name}.csv`, {
        title: `${plan.title}: ${link.path.join(".")}`,
        description: `One row for each item of ${link.path.join(".")} in ${plan.name}.`,
        schema: tableSchema(linkColumns(link), [], dataset.plans),
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
    layout: LAYOUT,
    records: dataset.metadata.release?.records ?? "stay",
    notes: [GUARD],
    resources,
  };
}
