/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { renderToStringAsync } from "preact-render-to-string";
import { type Column, resolve, type Schema, type TablePlan } from "../dataset/table-plan.ts";
import { displayText, type JsonRecord, type Labels } from "../export/cells.ts";
import { type Catalogue, removedReason, withdrawnReason } from "../release/catalogue.ts";

/** What a page shows of one table: the first records, with how many there are. */
export interface PageTable {
  plan: TablePlan;
  records: JsonRecord[];
  count: number;
}

interface PageFile {
  name: string;
  bytes: number;
  sha256: string;
}

/** All that a page of a release is a function of. */
export interface ReleasePage {
  name: string;
  title: string;
  description: string;
  licenses: { name: string; title?: string; path?: string }[];
  homepage?: string;
  /** Null for a preview. */
  version: string | null;
  date: string | null;
  catalogue: Catalogue;
  /** The page of an older release names no newer one, so that a new release does not change it. */
  isNewest: boolean;
  recordsStay: boolean;
  tables: PageTable[];
  files: PageFile[];
  labels: Labels;
  /** Before the name of a file of this release. */
  base: string;
  styleUrl: string;
}

const size = (bytes: number): string =>
  bytes < 1000 ? `${bytes} B` : bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
const keyOf = (plan: TablePlan, record: JsonRecord): string => plan.primaryKey.map((name) => String(record[name])).join("/");
const anchor = (plan: TablePlan, record: JsonRecord): string => `${plan.name}-${keyOf(plan, record)}`;
const properties = (plan: TablePlan): [string, Schema][] =>
  Object.entries(plan.record.properties ?? {}).map(([name, schema]) => [name, resolve(schema, plan.record)]);
const withRole = (plan: TablePlan, role: string): string | undefined => properties(plan).find(([, schema]) => schema.role === role)?.[0];

/** The text of a property of a record, as people read it. */
function shown(plan: TablePlan, record: JsonRecord, name: string, labels: Labels): string {
  const schema = properties(plan).find(([property]) => property === name)?.[1] ?? {};
  const value = record[name];
  if (Array.isArray(value)) {
    const item = resolve(schema.items ?? {}, plan.record);
    return value.map((each) => displayText(item, each, labels) ?? "").join("; ");
  }
  return displayText(schema, value, labels) ?? "";
}

const Layout = ({ title, styleUrl, children }: { title: string; styleUrl: string; children: ComponentChildren }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <link rel="stylesheet" href={styleUrl} />
    </head>
    <body>{children}</body>
  </html>
);

const Files = ({ files, base }: { files: PageFile[]; base: string }) => (
  <section class="scroll" tabindex={0} aria-label="Files">
    <table>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">Size</th>
          <th scope="col">SHA-256</th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <tr key={file.name}>
            <th scope="row">
              <a href={`${base}${file.name}`}>{file.name}</a>
            </th>
            <td class="number">{size(file.bytes)}</td>
            <td>
              <code>{file.sha256}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** Statements that contradict each other, side by side, the preferred one first. */
const Conflicts = ({ table, labels }: { table: PageTable; labels: Labels }) => {
  const { plan, records } = table;
  const role = (name: string): string | undefined => withRole(plan, name);
  const [conflict, subject, property, value, source, rank, reason, certainty, locator] = [
    "conflict",
    "subject",
    "property",
    "value",
    "source",
    "rank",
    "reason",
    "certainty",
    "locator",
  ].map(role);
  if (!conflict || !value) return null;
  const groups = new Map<string, JsonRecord[]>();
  for (const record of records)
    if (typeof record[conflict] === "string") groups.set(record[conflict], [...(groups.get(record[conflict]) ?? []), record]);
  if (groups.size === 0) return null;
  const place = (record: JsonRecord): number => ["preferred", "normal", "deprecated"].indexOf(String(rank ? record[rank] : ""));
  return (
    <section>
      <h2 id="conflicts">Where sources disagree</h2>
      {[...groups].map(([name, members]) => {
        const [first] = members;
        const title = first
          ? [subject, property]
              .map((column) => (column ? shown(plan, first, column, labels) : ""))
              .filter(Boolean)
              .join(" · ")
          : name;
        return (
          <div class="conflict" key={name}>
            <h3>
              <span class="neq" aria-hidden="true">
                ≠{" "}
              </span>
              {title}
            </h3>
            <ul>
              {members
                .toSorted((a, b) => place(a) - place(b))
                .map((record) => (
                  <li key={keyOf(plan, record)} class={rank ? String(record[rank]) : ""}>
                    <strong class="value">{shown(plan, record, value, labels)}</strong>
                    {source ? ` ${shown(plan, record, source, labels)}` : ""}
                    {rank ? (
                      <span class="muted">{` (${[record[rank], certainty ? record[certainty] : ""].filter(Boolean).join(", ")})`}</span>
                    ) : null}
                    {locator && record[locator] ? <div class="muted">{String(record[locator])}</div> : null}
                    {reason && record[reason] ? <div>{String(record[reason])}</div> : null}
                  </li>
                ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
};

const SHOWN_ROLES = ["subject", "property", "value", "time", "certainty", "rank", "source", "locator"];

/** A table of records: the columns with a role, or the first few. */
const Records = ({ table, labels, base }: { table: PageTable; labels: Labels; base: string }) => {
  const { plan, records, count } = table;
  const roles = SHOWN_ROLES.flatMap((role) => withRole(plan, role) ?? []);
  const names =
    roles.length > 2
      ? roles
      : properties(plan)
          .slice(0, 7)
          .map(([name]) => name);
  const title = (name: string): string => properties(plan).find(([property]) => property === name)?.[1].title ?? name;
  const url = (record: JsonRecord, name: string): string | undefined =>
    properties(plan).find(([property]) => property === name)?.[1].format === "uri" ? String(record[name]) : undefined;
  return (
    <section>
      <h2 id={plan.name}>{plan.title}</h2>
      <p class="muted">
        {plan.description} {count > records.length ? `The first ${records.length} of ${count}; all are in ` : `${count}, also in `}
        <a href={`${base}${plan.name}.csv`}>{plan.name}.csv</a>.
      </p>
      <section class="scroll" tabindex={0} aria-label={plan.title}>
        <table>
          <thead>
            <tr>
              {names.map((name) => (
                <th scope="col" key={name}>
                  {title(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <tr key={keyOf(plan, record)} id={anchor(plan, record)}>
                {names.map((name) => {
                  const address = url(record, name);
                  const text = shown(plan, record, name, labels);
                  return <td key={name}>{address?.startsWith("http") ? <a href={address}>{text}</a> : text}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
};

const columnType = (column: Column): string =>
  column.item ? "list" : column.derived === "start" || column.derived === "end" ? "date" : column.type;

const Columns = ({ plan }: { plan: TablePlan }) => (
  <details>
    <summary>
      {plan.title}: {plan.columns.length} columns
    </summary>
    <section class="scroll" tabindex={0} aria-label={`Columns of ${plan.title}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Type</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {plan.columns.map((column) => (
            <tr key={column.name}>
              <th scope="row">
                <code>{column.name}</code>
              </th>
              <td>{columnType(column)}</td>
              <td>
                {column.title}. {column.description}
                {column.allowed && !column.derived ? ` One of: ${column.allowed.join(", ")}.` : ""}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  </details>
);

const Banner = ({ page }: { page: ReleasePage }) => {
  const events = page.version === null ? [] : page.catalogue.withdrawn.filter(({ version }) => version === page.version);
  const withdrawn = page.version === null ? undefined : withdrawnReason(page.catalogue, page.version);
  const newest = (
    <>
      The newest version is at <a href={`/${page.name}/`}>/{page.name}/</a>.
    </>
  );
  if (page.version === null)
    return (
      <div class="banner">
        <strong>Preview.</strong> This is what the working folder holds now; it is not released.
      </div>
    );
  return (
    <>
      {withdrawn !== undefined ? (
        <div class="banner">
          <strong>Withdrawn.</strong> {withdrawn} {newest}
        </div>
      ) : page.isNewest ? null : (
        <div class="banner">
          This is version {page.version}; a newer one exists. {newest}
        </div>
      )}
      {events.length > 1 || (events.length === 1 && withdrawn === undefined) ? (
        <ul class="muted">
          {events.map(({ reason, date }, i) => (
            <li key={String(i)}>
              {date?.slice(0, 10)} {reason === null ? "The withdrawal was taken back." : `Withdrawn: ${reason}`}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
};

const stateOf = (catalogue: Catalogue, version: string): string =>
  removedReason(catalogue, version) !== undefined ? " (removed)" : withdrawnReason(catalogue, version) !== undefined ? " (withdrawn)" : "";

const Page = ({ page }: { page: ReleasePage }) => {
  const { base } = page;
  const main = page.tables[0];
  const version = page.version ?? "preview";
  const cited = `${page.title}. Version ${version}${page.date ? `, ${page.date.slice(0, 10)}` : ""}. ${page.licenses.map(({ name }) => name).join(", ")}.`;
  return (
    <Layout title={`${page.title} (${version})`} styleUrl={page.styleUrl}>
      <header>
        <a href="/">All datasets</a>
      </header>
      <main>
        <Banner page={page} />
        <h1>{page.title}</h1>
        <p class="lead">{page.description}</p>
        <dl class="facts">
          <div>
            <dt>Version</dt>
            <dd>{version}</dd>
          </div>
          {page.date ? (
            <div>
              <dt>Date</dt>
              <dd>
                <time datetime={page.date}>{page.date.slice(0, 10)}</time>
              </dd>
            </div>
          ) : null}
          <div>
            <dt>Contains</dt>
            <dd>{page.tables.map(({ plan, count }) => `${count} ${plan.title.toLowerCase()}`).join(", ")}</dd>
          </div>
          <div>
            <dt>Licence</dt>
            <dd>
              {page.licenses.map(({ name, path }) =>
                path ? (
                  <a key={name} href={path}>
                    {name}
                  </a>
                ) : (
                  name
                ),
              )}
            </dd>
          </div>
        </dl>
        <section class="panel">
          <h2>Get the data</h2>
          <p>
            {page.tables.map(({ plan }) => (
              <span key={plan.name}>
                <a href={`${base}${plan.name}.csv`}>{plan.name}.csv</a>{" "}
              </span>
            ))}
            <a href={`${base}${page.name}.json`}>{page.name}.json</a>
          </p>
          {page.version ? (
            <p>
              These addresses never change. /{page.name}/latest/… leads to the newest version.{" "}
              {page.recordsStay
                ? "A record that is published stays, or the version's first number rises."
                : "Records of this dataset come and go: one that is gone raises the version's second number only."}
            </p>
          ) : null}
        </section>
        <nav aria-label="On this page">
          <ul>
            {main && withRole(main.plan, "conflict") ? (
              <li>
                <a href="#conflicts">Where sources disagree</a>
              </li>
            ) : null}
            {page.tables.map(({ plan }) => (
              <li key={plan.name}>
                <a href={`#${plan.name}`}>{plan.title}</a>
              </li>
            ))}
            <li>
              <a href="#files">Files</a>
            </li>
            <li>
              <a href="#columns">Columns</a>
            </li>
            <li>
              <a href="#versions">Versions</a>
            </li>
            <li>
              <a href="#cite">Cite</a>
            </li>
            <li>
              <a href="#correct">Correct</a>
            </li>
          </ul>
        </nav>
        {main ? <Conflicts table={main} labels={page.labels} /> : null}
        {page.tables.map((table) => (
          <Records key={table.plan.name} table={table} labels={page.labels} base={base} />
        ))}
        <section>
          <h2 id="files">Files</h2>
          <Files files={page.files} base={base} />
          <p>
            Download and check: <code>sha256sum -c SHA256SUMS</code>
          </p>
        </section>
        <section>
          <h2 id="columns">Columns</h2>
          {page.tables.map(({ plan }) => (
            <Columns key={plan.name} plan={plan} />
          ))}
        </section>
        <section>
          <h2 id="versions">Versions</h2>
          {page.isNewest || page.version === null ? (
            <ul>
              {page.catalogue.releases.slice(0, 50).map(({ version, date, level }) => (
                <li key={version}>
                  <a href={`/${page.name}/${version}/`}>{version}</a> {date?.slice(0, 10)} {level}
                  {level === "first" ? null : (
                    <>
                      {" "}
                      <a href={`/${page.name}/${version}/CHANGES.md`}>what changed</a>
                    </>
                  )}
                  {stateOf(page.catalogue, version)}
                </li>
              ))}
            </ul>
          ) : (
            <p>
              The newest fifty: <a href={`/${page.name}/#versions`}>/{page.name}/#versions</a>
            </p>
          )}
          <p>
            All of them: <a href={`/${page.name}/releases.json`}>releases.json</a>
          </p>
        </section>
        <section>
          <h2 id="cite">Cite</h2>
          <pre>{cited}</pre>
        </section>
        <section>
          <h2 id="correct">Correct</h2>
          <p>
            Every record stands in a JSON file under <code>data/{page.name}/</code> of the repository
            {page.homepage ? (
              <>
                {" "}
                (<a href={page.homepage}>{page.homepage}</a>)
              </>
            ) : null}
            : change it there and send a pull request. CONTRIBUTING.md says how; the check names file and line of what is missing.
          </p>
        </section>
      </main>
    </Layout>
  );
};

const html = async (node: Parameters<typeof renderToStringAsync>[0]): Promise<string> =>
  `<!doctype html>\n${await renderToStringAsync(node)}\n`;

export const releasePage = (page: ReleasePage): Promise<string> => html(<Page page={page} />);

export const homePage = (
  datasets: { name: string; title: string; description: string; version: string }[],
  styleUrl: string,
): Promise<string> =>
  html(
    <Layout title="Datasets" styleUrl={styleUrl}>
      <main>
        <h1>Datasets</h1>
        {datasets.map(({ name, title, description, version }) => (
          <section key={name}>
            <h2>
              <a href={`/${name}/`}>{title}</a>
            </h2>
            <p>{description}</p>
            <p class="muted">Version {version}</p>
          </section>
        ))}
      </main>
    </Layout>,
  );

/** The page of a dataset none of whose releases stands any more. */
export const nothingCurrentPage = (page: { name: string; title: string; catalogue: Catalogue; styleUrl: string }): Promise<string> =>
  html(
    <Layout title={page.title} styleUrl={page.styleUrl}>
      <main>
        <h1>{page.title}</h1>
        <div class="banner">
          <strong>No version of this dataset stands at the moment.</strong> Each was withdrawn or removed.
        </div>
        <ul>
          {page.catalogue.releases.slice(0, 50).map(({ version }) => (
            <li key={version}>
              <a href={`/${page.name}/${version}/`}>{version}</a>
              {stateOf(page.catalogue, version)}: {removedReason(page.catalogue, version) ?? withdrawnReason(page.catalogue, version)}
            </li>
          ))}
        </ul>
        <p>
          All of them: <a href={`/${page.name}/releases.json`}>releases.json</a>
        </p>
      </main>
    </Layout>,
  );

/** In place of the page of a release whose files were taken away. */
export const removedPage = (page: { name: string; title: string; version: string; reason: string; styleUrl: string }): Promise<string> =>
  html(
    <Layout title={`${page.title} (${page.version}, removed)`} styleUrl={page.styleUrl}>
      <main>
        <h1>{page.title}</h1>
        <div class="banner">
          <strong>Version {page.version} was removed.</strong> {page.reason}
        </div>
        <p>
          Its <a href={`/${page.name}/${page.version}/SHA256SUMS`}>SHA256SUMS</a> and{" "}
          <a href={`/${page.name}/${page.version}/datapackage.json`}>datapackage.json</a> stay, so that the chain of releases can be
          checked. The newest version is at <a href={`/${page.name}/`}>/{page.name}/</a>.
        </p>
      </main>
    </Layout>,
  );

export const missingPage = (styleUrl: string): Promise<string> =>
  html(
    <Layout title="Not found" styleUrl={styleUrl}>
      <main>
        <h1>There is no such file</h1>
        <p>
          The release exists, but it holds no file of that name. SHA256SUMS in the same folder lists what it holds.{" "}
          <a href="/">All datasets</a>
        </p>
      </main>
    </Layout>,
  );
