import { NO_ADDRESS } from "../../contract/no-address.ts";
import { filesOf } from "../../formats/formats.ts";
import { removedReason, withdrawnReason } from "../../release/catalogue.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import { sourceTable } from "../explorer/citations.ts";
import { humanDate } from "../explorer/dates.ts";
import { Explorer } from "../explorer/explorer.tsx";
import { GlyphSprite, Icon } from "../explorer/glyphs.tsx";
import { counted } from "../explorer/model.ts";
import { nounOf } from "../explorer/model-of.ts";
import { Versions } from "../versions/versions.tsx";
import { datasetJsonLd } from "./json-ld.ts";
import { Data, Layout, size } from "./layout.tsx";
import { type ReleasePage, versionOf } from "./release.ts";
import { BoardView, Cite, Columns, Files, Sources } from "./sections.tsx";
import { Snippets } from "./snippets.tsx";
import { versionsModel } from "./versions-model.ts";

const Banner = ({ page }: { page: ReleasePage }) => {
  const events = page.version === null ? [] : page.catalogue.withdrawn.filter(({ version }) => version === page.version);
  const withdrawn = page.version === null ? undefined : withdrawnReason(page.catalogue, page.version);
  const newest = (
    <a class="button" href={`/${page.name}/`}>
      See the latest version
    </a>
  );
  return (
    <>
      {page.version === null ? (
        <aside class="banner" aria-label="About this version">
          <div class="wide">
            <p>
              <strong>Preview.</strong> This is what the working folder holds now; it is not released.
            </p>
          </div>
        </aside>
      ) : withdrawn !== undefined ? (
        <aside class="banner withdrawn" aria-label="About this version">
          <div class="wide">
            <p>
              <strong>Withdrawn.</strong> {withdrawn}
            </p>
            {newest}
          </div>
        </aside>
      ) : page.isNewest ? null : (
        <aside class="banner" aria-label="About this version">
          <div class="wide">
            <p>
              <strong>You are reading version {page.version}.</strong> A newer one exists. This page's files will not change.
            </p>
            {newest}
          </div>
        </aside>
      )}
      {events.length > 1 || (events.length === 1 && withdrawn === undefined) ? (
        <ul class="wide muted">
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

const Fact = ({ title, children }: { title: string; children: preact.ComponentChildren }) => (
  <div>
    <dt>{title}</dt>
    <dd>{children}</dd>
  </div>
);

/** The files that the page offers first: of one table, and over all tables. */
function featuredFiles(
  page: ReleasePage,
  plan: TablePlan | undefined,
): { name: string; label: string; mediaType: string; bytes: number }[] {
  return filesOf({ metadata: page, plans: plan ? [plan] : [] }, page.formats).flatMap((each) => {
    const file = page.files.find(({ name }) => name === each.name);
    const { label, mediaType, isFeatured } = each.format;
    return file && isFeatured && !("link" in each) ? [{ name: file.name, label, mediaType, bytes: file.bytes }] : [];
  });
}

const Top = ({ page }: { page: ReleasePage }) => {
  const featured = featuredFiles(page, page.main?.plan ?? page.tables[0]?.plan);
  const contradicted = page.main?.model.conflicts ?? 0;
  const address = `${page.env.site ?? NO_ADDRESS}/${page.name}/${versionOf(page)}/${featured[0]?.name ?? "datapackage.json"}`;
  return (
    <div class="intro">
      <div>
        <h1 dir="auto">{page.title}</h1>
        <p class="lead" dir="auto">
          {page.description}
        </p>
        <dl class="facts">
          <Fact title="Version">
            {versionOf(page)} {page.isNewest && page.version !== null ? <span class="badge">latest</span> : null}
          </Fact>
          {page.date ? (
            <Fact title="Published">
              <time datetime={page.date}>{humanDate(page.date.slice(0, 10))}</time>
            </Fact>
          ) : null}
          <Fact title="Contains">
            {page.tables
              .map(
                ({ plan, count }) =>
                  `${counted(count, nounOf(plan))}${contradicted > 0 && plan === page.main?.plan ? ` (${contradicted} with conflicting claims)` : ""}`,
              )
              .join(", ")}
          </Fact>
          <Fact title="Licence">
            {page.licenses.map(({ name, path }) =>
              path ? (
                <a key={name} rel="license" href={path}>
                  {name}
                </a>
              ) : (
                name
              ),
            )}
          </Fact>
        </dl>
      </div>
      <div class="panel get">
        <h2>Get the data</h2>
        <p class="buttons">
          {featured.map(({ name, label, bytes }) => (
            <a key={name} class="button dark" href={`${page.base}${name}`}>
              <Icon name="download" /> {label} <small>{size(bytes)}</small>
            </a>
          ))}
        </p>
        {page.version === null ? null : (
          <>
            <p class="muted">Address of version {page.version}, never changes</p>
            <div class="address">
              <code>{address}</code>
              <button type="button" class="live" data-copy={address}>
                <Icon name="copy" /> Copy<span class="hidden"> the address</span>
              </button>
            </div>
          </>
        )}
        <p class="ends">
          <a href="#use">Code, all files and checksums</a> <a href="#cite">Cite</a>
        </p>
      </div>
    </div>
  );
};

const Correct = ({ page }: { page: ReleasePage }) => {
  const folder = page.repository ? `${page.repository.url}/tree/HEAD/${page.repository.folder}` : page.homepage;
  return (
    <>
      <p>
        Every record stands in a JSON file of the repository
        {folder ? (
          <>
            {" "}
            (
            <a href={folder}>
              {page.repository ? `${page.repository.folder} on ${page.repository.url.replace(/^https:\/\//, "")}` : folder}
            </a>
            )
          </>
        ) : (
          <>
            , in <code>data/{page.name}/</code>
          </>
        )}
        . Change it there and send a pull request: the check names file and line of what is missing.
      </p>
      {page.repository ? (
        <p>
          No git? <a href={`${page.repository.url}/issues/new/choose`}>Tell us what is wrong</a>, with a source.
        </p>
      ) : null}
    </>
  );
};

/** Leads to the rows that rest on a source, or to those of them that others contradict. */
function rowsCiting({ plan, model }: NonNullable<ReleasePage["main"]>): ((key: string, isDisputed: boolean) => string) | undefined {
  const facet = model.facets.find(({ references }) => references !== undefined && references === sourceTable(plan));
  return (
    facet && ((key, isDisputed) => `?${new URLSearchParams({ [facet.name]: key, ...(isDisputed ? { conflicts: "1" } : {}) })}#explore`)
  );
}

export const Page = ({ page }: { page: ReleasePage }) => {
  const { main, name, version } = page;
  const versions = versionsModel(page);
  const noun: [string, string] = main ? main.model.noun : ["record", "records"];
  const isTimed = main?.covered && main.model.rows.length === main.model.total;
  const heading = isTimed ? `Timeline and ${noun[1]}` : (main?.plan.title ?? "Records");
  const sections = [
    ...(main ? [["explore", heading]] : []),
    ["use", "Use the data"],
    ["versions", "Versions"],
    ...(page.sources.length > 0 ? [["sources", "Sources"]] : []),
    ["columns", "Columns"],
    ["cite", "Cite"],
    ["correct", "Correct"],
  ] as const;
  const path = version === null || page.isNewest ? `/${name}/` : `/${name}/${version}/`;
  return (
    <Layout
      env={page.env}
      head={{
        title: version === null ? `${page.title} (preview)` : page.isNewest ? page.title : `${page.title} (${version})`,
        description: page.description.slice(0, 300),
        // Search engines are to find the newest version, whichever one they met.
        canonical: `/${name}/`,
        ...(page.isNewest && version !== null ? {} : { robots: "noindex" }),
        links: [
          ...page.licenses.flatMap(({ path }) => (path ? [{ rel: "license", href: path }] : [])),
          ...(version === null ? [] : [{ rel: "alternate", type: "application/atom+xml", href: `/${name}/feed.xml`, title: "Releases" }]),
          ...featuredFiles(page, main?.plan).map((file) => ({ rel: "alternate", type: file.mediaType, href: `${page.base}${file.name}` })),
          { rel: "describedby", type: "application/json", href: `${page.base}datapackage.json` },
        ],
        jsonLd: datasetJsonLd(page),
      }}
    >
      <GlyphSprite />
      <Banner page={page} />
      <main id="main" data-path={path}>
        <div class="wide">
          <Top page={page} />
          {main?.board ? <BoardView board={main.board} /> : null}
        </div>
        <nav class="contents" aria-label="On this page">
          <ul class="wide">
            {sections.map(([id, title]) => (
              <li key={id}>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="wide">
          {main ? (
            <section>
              <h2 id="explore">{heading}</h2>
              <div id="explorer">
                <Explorer model={main.model} />
              </div>
              <Data
                id="_explorer-model"
                value={{
                  ...main.model,
                  rows: [],
                  sources: main.model.sources.length <= page.sources.length ? [] : main.model.sources,
                }}
              />
            </section>
          ) : null}
          <section>
            <h2 id="use">Use the data</h2>
            {main ? <Snippets page={page} plan={main.plan} /> : null}
            <h3>Files in {version === null ? "the preview" : `version ${version}`}</h3>
            <Files page={page} />
            <p>
              Check what you downloaded, in one folder with SHA256SUMS: <code>sha256sum --ignore-missing -c SHA256SUMS</code>
              {version === null ? null : (
                <>
                  , or <a href={`/verify/?dataset=${name}&version=${version}`}>let your browser verify this release</a>
                </>
              )}
              .
            </p>
            {version === null ? null : (
              <p class="muted">
                {page.recordsStay
                  ? "A record that is published stays, or the version's first number rises."
                  : "Records of this dataset come and go: one that is gone raises the version's second number only."}
              </p>
            )}
          </section>
          <section>
            <h2 id="versions">Versions</h2>
            {version === null ? (
              <p>A preview has no versions.</p>
            ) : (
              <>
                <div id="_versions">
                  <Versions model={versions} />
                </div>
                <Data id="_versions-model" value={versions} />
                {page.isNewest ? null : (
                  <p>
                    All versions: <a href={`/${name}/#versions`}>/{name}/#versions</a>
                  </p>
                )}
              </>
            )}
          </section>
          {page.sources.length > 0 && main ? (
            <section>
              <h2 id="sources">Sources</h2>
              <Sources sources={page.sources} table={main.plan.name} noun={noun} only={rowsCiting(main)} />
            </section>
          ) : null}
          <section>
            <h2 id="columns">Columns</h2>
            <Columns tables={page.tables} />
          </section>
          <section>
            <h2 id="cite">Cite</h2>
            <Cite page={page} />
          </section>
          <section>
            <h2 id="correct">Correct</h2>
            <Correct page={page} />
          </section>
        </div>
      </main>
    </Layout>
  );
};

export const stateOf = (catalogue: ReleasePage["catalogue"], version: string): string =>
  removedReason(catalogue, version) !== undefined ? " (removed)" : withdrawnReason(catalogue, version) !== undefined ? " (withdrawn)" : "";
