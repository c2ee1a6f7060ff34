import { Fragment } from "preact";
import { NO_ADDRESS } from "../../contract/no-address.ts";
import type { FormatFile, ReadableTable, ReadColumn, Snippet } from "../../formats/format.ts";
import { ICEBERG_FORMAT } from "../../formats/formats.ts";
import { listFormatFiles } from "../../formats/list-format-files.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { offeredPlans } from "./offered-plans.ts";
import { type PageFile, type PageTable, pageVersion, type ReleasePage } from "./release-page.ts";

/** A program that reads a file. */
interface FileSnippet extends Snippet {
  file: string;
}

/** The columns of a file for a snippet, with their types in the release. */
function readableTable({ layout }: ReleasePage, { plan, emptyTexts }: PageTable, { fields }: PageFile): ReadableTable {
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

function codeOf(page: ReleasePage, table: PageTable, { each, file }: { each: FormatFile; file: PageFile }): Snippet[] {
  if ("plan" in each) return each.link ? [] : (each.format.snippets?.(readableTable(page, table, file)) ?? []);
  return each.format.scope === "dataset" ? (each.format.snippets?.(table.plan.name) ?? []) : [];
}

/**
 * The snippets that read a table, for each format of the release. If two are for the same program, the later one is used, because it reads
 * types.
 */
function snippetsOf(page: ReleasePage, table: PageTable): FileSnippet[] {
  const files = listFormatFiles({ metadata: page, plans: [table.plan] }, page.formats);
  const snippets = files.flatMap((each) => {
    const file = page.files.find(({ name }) => name === each.name);
    return (file ? codeOf(page, table, { each, file }) : []).map((snippet): FileSnippet => ({ ...snippet, file: each.name }));
  });
  return [...new Map(snippets.map((snippet) => [snippet.id, snippet])).values()];
}

/**
 * The snippets of each language, by table. Only those of one table if they are the same for all, as for a file with all tables, or if the
 * others have none.
 */
function languagesOf(page: ReleasePage, tables: readonly PageTable[]): { name: string; ofTables: FileSnippet[][] }[] {
  const all = tables.map((table) => snippetsOf(page, table));
  return [...new Set(all.flat().map(({ name }) => name))].map((name) => {
    const ofTables = all.map((snippets) => snippets.filter((each) => each.name === name)).filter((snippets) => snippets.length > 0);
    const texts = new Set(ofTables.map((snippets) => snippets.map(({ file, code }) => code(file)).join("\n")));
    return { name, ofTables: texts.size === 1 ? ofTables.slice(0, 1) : ofTables };
  });
}

/** The address of the main table's Iceberg table, which exists if the site has an address and the release has Parquet files. */
const IcebergTable = ({ page, table }: { page: ReleasePage; table: string }) => {
  const isPublished = page.files.some(({ name }) => name === `${table}.${ICEBERG_FORMAT.extension}`);
  return page.version === null || page.env.site === undefined || !isPublished ? null : (
    <p>
      All versions as an Apache Iceberg table, each a snapshot and a tag: <code>{`${page.env.site}/${page.name}/iceberg/${table}`}</code>
    </p>
  );
};

const Code = ({ text, kind }: { text: string; kind: string }) => (
  <div class={`code ${kind}`}>
    <pre>
      <code>{/^https?:\S+$/.test(text) && !text.startsWith(NO_ADDRESS) ? <a href={text}>{text}</a> : text}</code>
    </pre>
    <button type="button" class="plain live" aria-label={`Copy the code for the ${kind} version`} data-copy="">
      Copy
    </button>
  </div>
);

const Codes = ({ page, snippet: { id, file, code }, isFolded }: { page: ReleasePage; snippet: FileSnippet; isFolded: boolean }) => {
  const folder = `${page.env.site ?? NO_ADDRESS}/${page.name}`;
  const codes = (
    <div class={id}>
      <Code text={code(`${folder}/${pageVersion(page)}/${file}`)} kind="pinned" />
      <Code text={code(`${folder}/latest/${file}`)} kind="latest" />
    </div>
  );
  return isFolded ? (
    <details>
      <summary>The same from {file}</summary>
      {codes}
    </details>
  ) : (
    codes
  );
};

/** Snippets with a choice of table, version and language, implemented in CSS alone. */
export const Snippets = ({ page, plan }: { page: ReleasePage; plan: TablePlan }) => {
  const plans = offeredPlans(page, plan);
  const tables = plans.flatMap((each) => page.tables.find((table) => table.plan === each) ?? []);
  if (tables.length === 0) return null;
  return (
    <>
      <div class="snippets">
        <div>
          {tables.length > 1 ? (
            <fieldset class="which tables">
              <legend>Which table should the code read?</legend>
              {tables.map((table, i) => (
                <label key={table.plan.name}>
                  <input type="radio" name="table" class={i > 0 ? "view" : undefined} checked={i === 0} />
                  <span>{table.plan.title}</span>
                </label>
              ))}
            </fieldset>
          ) : null}
          <fieldset class="which">
            <legend>Which version should the code read?</legend>
            <label>
              <input type="radio" name="which" id="_which-pinned" checked />
              <span>
                Version {pageVersion(page)}
                <small>Never changes. Use it in papers and pipelines.</small>
              </span>
            </label>
            <label>
              <input type="radio" name="which" id="_which-latest" />
              <span>
                Latest
                <small>Moves with each release, even one that may break a program.</small>
              </span>
            </label>
          </fieldset>
        </div>
        <div class="box">
          <fieldset class="tabs">
            <legend class="hidden">Language</legend>
            {languagesOf(page, tables).map(({ name, ofTables }, i) => (
              <Fragment key={name}>
                <label>
                  <input type="radio" name="language" checked={i === 0} />
                  <span>{name}</span>
                </label>
                <div class="snippet">
                  {ofTables.map((snippets, table) => (
                    <div key={tables[table]?.plan.name} class={ofTables.length === 1 ? undefined : table > 0 ? "of-view" : "of-main"}>
                      {snippets.toReversed().map((snippet, i) => (
                        <Codes key={snippet.id} page={page} snippet={snippet} isFolded={i > 0} />
                      ))}
                    </div>
                  ))}
                </div>
              </Fragment>
            ))}
          </fieldset>
        </div>
      </div>
      <IcebergTable page={page} table={plan.name} />
    </>
  );
};
