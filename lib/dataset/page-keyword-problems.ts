import { isObject } from "../contract/is-object.ts";
import { quote } from "../diagnostics/rules/quote.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import { resolveSchema } from "../schema/resolve-schema.ts";
import { MAX_CERTAINTY_LEVEL, type Schema, TONES } from "../schema/schema.ts";
import { MAX_SCHEMA_DEPTH, type SchemaPath, schemaProblem } from "./schema-problem.ts";

const isText = (value: unknown): boolean => value === undefined || typeof value === "string";

const isCertaintyLevel = (level: unknown): boolean => Number.isInteger(level) && Number(level) >= 0 && Number(level) <= MAX_CERTAINTY_LEVEL;

/** Problems of what a schema says about allowed values. */
function describedValueProblems(here: Schema, column: string, at: SchemaPath): ValueProblem[] {
  if (here.values === undefined) return [];
  if (!isObject(here.values))
    return [schemaProblem([...at, "values"], `"values" of ${column} is not an object`, '"values": {"signed": {"title": "Signed"}}')];
  return Object.entries(here.values).flatMap(([value, meaning]) => {
    const problems: ValueProblem[] = [];
    const report = (message: string, remedy: string): void => void problems.push(schemaProblem([...at, "values", value], message, remedy));
    const { title, description, tone, level, since } = isObject(meaning) ? (meaning as Record<string, unknown>) : { title: 0 };
    if (!isText(title) || !isText(description))
      report(
        `${column}: "title" and "description" of ${quote(value)} must be texts`,
        'For example {"title": "Signed", "description": "…"}.',
      );
    if (!isText(since)) report(`${column}: "since" of ${quote(value)} must be the key of a property`, 'For example {"since": "signedOn"}.');
    if (tone !== undefined && !TONES.some((known) => known === tone))
      report(`${column}: unknown tone ${quote(tone)} of ${quote(value)}`, `Tones are: ${TONES.join(", ")}.`);
    if (level !== undefined && !isCertaintyLevel(level))
      report(`${column}: invalid level ${quote(level)} of ${quote(value)}`, `A level is an integer from 0 to ${MAX_CERTAINTY_LEVEL}.`);
    return problems;
  });
}

/** FTS5 has columns of these names itself. */
const RESERVED = /^[^.]*\.(?:rank|rowid)$/i;

/** Problems of the keyword for full-text search. */
function searchProblems({ search }: Schema, column: string, at: SchemaPath): ValueProblem[] {
  if (search === undefined) return [];
  if (search !== true)
    return [schemaProblem([...at, "search"], `"search" of ${column} is ${quote(search)}`, 'Write "search": true, or leave it out.')];
  return RESERVED.test(column)
    ? [schemaProblem([...at, "search"], `${column} cannot be searched: FTS5 reserves its name`, 'Remove "search", or rename the column.')]
    : [];
}

function isBoard(board: unknown): boolean {
  if (!isObject(board)) return false;
  const { columns = [], first = [] } = board;
  const areTexts = [columns, first].every((keys) => Array.isArray(keys) && keys.every((key) => typeof key === "string"));
  return typeof board["title"] === "string" && isText(board["property"]) && isText(board["otherwise"]) && areTexts;
}

/** Problems of `values` and `search` of columns and the `board` of a table. */
export function pageKeywordProblems(name: string, root: Schema): ValueProblem[] {
  const problems: ValueProblem[] = [];
  const path: SchemaPath = ["properties", name];
  const table = resolveSchema(root.properties?.[name] ?? {}, root);
  const board = table.board as unknown;
  if (board !== undefined && !isBoard(board))
    problems.push(
      schemaProblem(
        [...path, "board"],
        `The board of "${name}" is invalid`,
        'Write "board": {"title": "…", "property": "…", "first": ["…"], "columns": ["…"], "otherwise": "…"}, with texts.',
      ),
    );
  const visit = (schema: Schema, column: string, at: SchemaPath, depth: number): void => {
    const here = resolveSchema(schema, root);
    problems.push(...describedValueProblems(here, column, at), ...searchProblems(here, column, at));
    if (depth > MAX_SCHEMA_DEPTH) return;
    for (const [key, inner] of Object.entries(here.properties ?? {}))
      if (isObject(inner)) visit(inner, `${column}.${key}`, [...at, "properties", key], depth + 1);
    if (isObject(here.items)) visit(here.items, column, [...at, "items"], depth + 1);
  };
  visit(table.items ?? {}, name, [...path, "items"], 0);
  return problems;
}
