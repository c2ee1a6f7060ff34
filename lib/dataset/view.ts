import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import { readDocument } from "../json/read-document.ts";
import type { Schema } from "../schema/schema.ts";
import { VIEW_SQL } from "../schema/table-plan.ts";
import { checkSchema } from "./check-schema.ts";
import { isViewFile, VIEWS } from "./is-view-file.ts";
import { keywordProblems } from "./keyword-problems.ts";
import { nameCollisions } from "./name-collisions.ts";
import { orderedColumns } from "./ordered-columns.ts";
import { overlookedProblems, type SchemaRules } from "./overlooked-problems.ts";
import { readSelect } from "./read-select.ts";

/** A view: one SELECT whose rows are published as a table (docs/views.md). */
export interface View {
  /** Name of its table. */
  name: string;
  /** Path of its SQL. */
  file: string;
  sql: string;
}

const MAX_VIEWS = 50;
export const MAX_VIEW_BYTES = 64 * 1024;

/** Whether a table is a view. */
export const isView = ({ views }: { views: readonly View[] }, table: string): boolean => views.some(({ name }) => name === table);

const nameOf = (path: string): string => path.slice(VIEWS.length).replace(/\.(?:sql|json)$/, "");

/** The schema of a dataset with one more table. */
const withTable = (root: Schema, name: string, table: unknown): Schema => ({
  ...root,
  properties: { ...root.properties, [name]: table as Schema },
});

function schemaProblems(schema: Schema, rules: SchemaRules): ValueProblem[] {
  const keywords = keywordProblems(schema);
  const found = keywords.length > 0 ? keywords : checkSchema(schema);
  return found.length > 0 ? found : overlookedProblems(schema, rules);
}

/** A problem of a schema with the table of a view, with a path in the file of the view. */
const inFileOf = (name: string, problem: ValueProblem): ValueProblem => {
  const isOwn = problem.path[0] === "properties" && problem.path[1] === name;
  return { ...problem, path: isOwn ? problem.path.slice(2) : [] };
};

function readSql(name: string, bytes: Uint8Array): string | Problem {
  const read = readSelect(`${VIEWS}${name}.sql`, bytes, "the rows of the table");
  return "message" in read ? read : read.sql;
}

/** The problem of a view whose rows SQLite may return in any order: only the primary key orders them uniquely. */
function orderProblem({ file, sql }: View, primaryKey: readonly string[]): Problem | undefined {
  const ordered = orderedColumns(sql)?.map((column) => column.toLowerCase());
  const missing = primaryKey.filter((column) => !ordered?.includes(column.toLowerCase()));
  if (missing.length === 0) return undefined;
  const message = ordered
    ? `The ORDER BY does not name ${missing.join(", ")}, so the order of some rows is undefined`
    : "The SELECT has no ORDER BY";
  return fileProblem(file, message, `End the SELECT with an ORDER BY that names the columns of the primary key: ${primaryKey.join(", ")}.`);
}

/** A file of a view without its counterpart, or with a name that is already used. */
function nameProblem(path: string, small: ReadonlyMap<string, Uint8Array>, tables: readonly string[]): Problem | undefined {
  const name = nameOf(path);
  const other = `${VIEWS}${name}.${path.endsWith(".sql") ? "json" : "sql"}`;
  if (!small.has(other))
    return fileProblem(
      path,
      `A view has two files, and ${other} is missing`,
      other.endsWith(".json")
        ? "Describe its columns there: title, description, type, primaryKey and items, as of a table in schema.json."
        : "Write the SELECT there.",
    );
  // Reported once for both files.
  if (path.endsWith(".json")) return undefined;
  const same = tables.find((table) => table.toLowerCase() === name.toLowerCase());
  return same === undefined ? undefined : fileProblem(path, `The view has the name of the table "${same}"`, "Rename both of its files.");
}

interface ReadViews {
  views: View[];
  /** The schema with the tables of the views. */
  schema: Schema;
  problems: Problem[];
}

/** Reads the views of a dataset whose schema has no problems. A file that would be ignored is a problem. */
export function readViews(paths: readonly string[], small: ReadonlyMap<string, Uint8Array>, root: Schema, rules: SchemaRules): ReadViews {
  const inside = paths.filter((path) => path.startsWith(VIEWS) && path !== `${VIEWS}README.md`).sort();
  const problems = inside
    .filter((path) => !isViewFile(path) && !path.split("/").some((part) => part.startsWith(".")))
    .map((path) =>
      fileProblem(path, "Not a view, so it would not be used", "A view is views/NAME.sql and views/NAME.json. Move other files out."),
    );
  const files = inside.filter(isViewFile);
  const tables = Object.keys(root.properties ?? {});
  const unpaired = files.flatMap((path) => nameProblem(path, small, tables) ?? []);
  problems.push(...unpaired);
  const names = [...new Set(files.map(nameOf))].filter((name) => !unpaired.some(({ file }) => nameOf(file) === name));
  if (names.length > MAX_VIEWS)
    problems.push(fileProblem(`${VIEWS}${names[MAX_VIEWS]}.sql`, `Too many views: ${names.length} (maximum ${MAX_VIEWS})`));
  const views: View[] = [];
  let schema = root;
  for (const name of names.slice(0, MAX_VIEWS)) {
    const file = `${VIEWS}${name}.sql`;
    const sql = readSql(name, small.get(file) as Uint8Array);
    const described = `${VIEWS}${name}.json`;
    const check = (table: unknown): ValueProblem[] => {
      // Views cannot refer to each other, but the names of their files must differ.
      const own = schemaProblems(withTable(root, name, table), rules);
      const found = own.length > 0 || schema === root ? own : nameCollisions(withTable(schema, name, table));
      return found.map((problem) => inFileOf(name, problem));
    };
    const read = readDocument(described, small.get(described) as Uint8Array, check, rules.layout);
    problems.push(...(typeof sql === "string" ? [] : [sql]), ...read.problems);
    if (typeof sql !== "string" || read.problems.length > 0) continue;
    const view = { name, file, sql };
    const unordered = orderProblem(view, (read.value as Schema).primaryKey ?? []);
    if (unordered) problems.push(unordered);
    views.push(view);
    schema = withTable(schema, name, { ...(read.value as Schema), [VIEW_SQL]: sql });
  }
  return { views, schema, problems };
}
