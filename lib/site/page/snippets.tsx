import { NO_ADDRESS } from "../../contract/no-address.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { duckdbCode, pandasCode, type ReadableTable, type ReadColumn, rCode } from "./reading-code.ts";
import { type PageTable, type ReleasePage, versionOf } from "./release.ts";

interface Snippet {
  id: string;
  name: string;
  code(url: (file: string) => string): string;
}

/** How the main table is read: each is a whole program. */
const snippetsFor = (table: string, readable: ReadableTable): Snippet[] => [
  { id: "curl", name: "curl", code: (url) => `curl -fLO ${url(`${table}.csv`)}` },
  {
    id: "pandas",
    name: "pandas",
    code: (url) => pandasCode(readable, url(`${table}.csv`)),
  },
  { id: "r", name: "R", code: (url) => rCode(readable, url(`${table}.csv`)) },
  { id: "duckdb", name: "DuckDB", code: (url) => duckdbCode(readable, url(`${table}.csv`)) },
  {
    id: "javascript",
    name: "JavaScript",
    code: (url) =>
      `const response = await fetch("${url(`${table}.json`)}");\nif (!response.ok) throw new Error(response.statusText);\nconst rows = await response.json();\nconsole.log(rows.length);`,
  },
];

/** How the columns of a table are to be read: their types are those that the release itself names. */
function readableTable({ layout }: ReleasePage, { plan, fields, emptyTexts }: PageTable): ReadableTable {
  const isKey = (name: string): boolean => plan.primaryKey.length === 1 && plan.primaryKey[0] === name;
  return {
    layout,
    columns: plan.columns.map(({ name, required, item, derived }, i): ReadColumn => {
      const { name: header = name, type = "string" } = fields?.[i] ?? {};
      const isEmpty = type === "string" && !item && !derived && !isKey(name) && emptyTexts?.has(name);
      return {
        ...{ header, name, type, isList: item !== undefined },
        ...(isEmpty ? { emptyText: required ? ("always" as const) : ("maybe" as const) } : {}),
      };
    }),
  };
}

const Code = ({ text, kind }: { text: string; kind: string }) => (
  <div class={`code ${kind}`}>
    <pre>
      <code>{text}</code>
    </pre>
    <button type="button" class="plain live" data-copy="">
      Copy<span class="hidden"> the code for the {kind} version</span>
    </button>
  </div>
);

/** Two choices, made by the style sheet alone: which version the code reads, and which language it is in. */
export const Snippets = ({ page, plan }: { page: ReleasePage; plan: TablePlan }) => {
  const site = page.env.site ?? NO_ADDRESS;
  const pinned = (file: string): string => `${site}/${page.name}/${versionOf(page)}/${file}`;
  const latest = (file: string): string => `${site}/${page.name}/latest/${file}`;
  const table = page.tables.find((each) => each.plan.name === plan.name);
  if (!table) return null;
  const snippets = snippetsFor(plan.name, readableTable(page, table));
  return (
    <div class="snippets">
      <fieldset class="which">
        <legend>Which version should the code read?</legend>
        <label>
          <input type="radio" name="which" id="_which-pinned" checked />
          <span>
            Version {versionOf(page)}
            <small>Never changes. Use it in papers and pipelines.</small>
          </span>
        </label>
        <label>
          <input type="radio" name="which" id="_which-latest" />
          <span>
            Latest
            <small>Moves with each release.</small>
          </span>
        </label>
      </fieldset>
      <div class="box">
        <fieldset class="tabs">
          <legend class="hidden">Language</legend>
          {snippets.map(({ id, name }, i) => (
            <label key={id}>
              <input type="radio" name="language" id={`_language-${id}`} checked={i === 0} />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
        {snippets.map(({ id, name, code }) => (
          <div key={id} class={`snippet ${id}`}>
            <p class="hidden">{name}</p>
            <Code text={code(pinned)} kind="pinned" />
            <Code text={code(latest)} kind="latest" />
          </div>
        ))}
      </div>
    </div>
  );
};
