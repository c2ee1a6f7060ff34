import { catalogueObjectKey } from "../../contract/catalogue-object-key.ts";
import { feedObjectKey } from "../../contract/feed-object-key.ts";
import { grouped } from "../../contract/grouped.ts";
import { Explorer } from "../explorer/explorer.tsx";
import { rowAddresses } from "../explorer/row-addresses.ts";
import { GlyphSprite } from "../explorer/tone-glyph.tsx";
import { FIRST_SOURCES, PAGE_COLUMNS } from "../limits.ts";
import { Versions } from "../versions/versions.tsx";
import { About } from "./about.tsx";
import { AnswerTable } from "./answer-table.tsx";
import { Banner } from "./banner.tsx";
import { BoardList } from "./board-list.tsx";
import { CheckDownload } from "./check-download.tsx";
import { Cite } from "./cite.tsx";
import { ColumnCounts, Columns } from "./columns.tsx";
import { Correct } from "./correct.tsx";
import { countColumns } from "./count-columns.ts";
import { datasetJsonLd } from "./dataset-json-ld.ts";
import { featuredFiles } from "./featured-files.ts";
import { Files } from "./files.tsx";
import { Intro } from "./intro.tsx";
import { LAND } from "./land.ts";
import { LaterRows } from "./later-rows.tsx";
import { listPages } from "./list-pages.ts";
import { makeVersionsModel } from "./make-versions-model.ts";
import { MoreRows } from "./more-rows.tsx";
import { PageData } from "./page-data.tsx";
import { type Head, PageFrame } from "./page-frame.tsx";
import type { MainTable, ReleasePage } from "./release-page.ts";
import { rowsCiting } from "./rows-citing.ts";
import { Snippets } from "./snippets.tsx";
import { Sources } from "./sources.tsx";
import { TooManyRows } from "./too-many-rows.tsx";

const canExplore = ({ model }: MainTable): boolean => model.rows.length === model.total || model.rest !== undefined;

const sectionsOf = (page: ReleasePage, main: MainTable | undefined, heading: string): [id: string, title: string][] => [
  ...(main ? [["explore", canExplore(main) ? `Search ${main.model.noun[1]}` : heading] as [string, string]] : []),
  ["use", "Use the data"],
  ["versions", "Versions"],
  ...(page.sources.length > 0 ? [["sources", "Sources"] as [string, string]] : []),
  ["columns", "Columns"],
  ["cite", "Cite"],
  ["correct", "Correct"],
];

const Contents = ({ sections, page: { name, version, isNewest } }: { sections: [id: string, title: string][]; page: ReleasePage }) => (
  <nav class="contents" aria-label="On this page">
    <ul class="wide">
      {version === null || isNewest ? null : (
        <li>
          <a href={`/${name}/`}>Version {version}, not the latest</a>
        </li>
      )}
      {sections.map(([id, title]) => (
        <li key={id}>
          <a href={`#${id}`}>{title}</a>
        </li>
      ))}
      {version === null ? null : (
        <li>
          <a href={`/verify/?dataset=${name}&version=${version}`}>Verify</a>
        </li>
      )}
    </ul>
  </nav>
);

/** The meaning of each certainty, beside its filter. */
const Meanings = ({ model }: Pick<MainTable, "model">) => {
  const facet = model.facets.find(({ role }) => role === "certainty");
  const described = facet?.values.filter(({ description }) => description !== undefined) ?? [];
  return facet === undefined || described.length === 0 ? null : (
    <details>
      <summary>What the words of “{facet.title}” mean</summary>
      <p>{described.map(({ label, description }) => `${label}: ${description}`).join(" ")}</p>
    </details>
  );
};

interface ExploreProps {
  main: MainTable;
  heading: string;
  listed: number;
  /** It is below the answer, so it is not visible at first. */
  isFar: boolean;
}

const Explore = ({ main, heading, listed, isFar }: ExploreProps) => (
  <section class={isFar ? "far" : undefined}>
    <h2 id="explore">{heading}</h2>
    {main.model.map ? (
      <svg class="sprite" aria-hidden="true" focusable="false">
        <path id="_land" class="coast" d={LAND} />
      </svg>
    ) : null}
    <Meanings model={main.model} />
    {canExplore(main) ? null : <TooManyRows model={main.model} />}
    <div id="explorer">
      <Explorer model={main.model} />
    </div>
    {canExplore(main) && main.model.rows.length < main.model.total ? <MoreRows model={main.model} /> : null}
    {main.model.rest !== undefined && main.model.subjects !== undefined ? (
      <p class="dead muted">
        A link to one of the others, such as <code>#{main.model.table}-…</code>, needs scripts here. It works on the page of its subject
        without.
      </p>
    ) : null}
    <LaterRows whole={main.whole} shown={main.model} />
    <PageData
      id="_explorer-model"
      value={{
        ...main.model,
        rows: [],
        sources: main.model.rest === undefined && main.model.sources.length <= listed ? [] : main.model.sources,
      }}
    />
  </section>
);

/** The guarantees for programs: the permanent address, and what a major version may break. */
const Stability = ({ page: { name, recordsStay }, version }: { page: ReleasePage; version: string }) => {
  const [major] = version.split(".");
  return (
    <p class="stability">
      For a job that runs each night: <code>{`/${name}/${version}/`}</code> never changes, and <code>{`/${name}/${major}/`}</code> brings
      each new version that cannot break it; only a new major version, then at <code>{`/${name}/${Number(major) + 1}/`}</code>, may remove,
      rename or retype a table, column or allowed value{recordsStay ? ", or remove a record" : ""}.
      {recordsStay ? "" : " Records of this dataset come and go: a minor version may remove some."}
    </p>
  );
};

const Use = ({ page: { main, version }, page }: { page: ReleasePage }) => (
  <section class="far">
    <h2 id="use">Use the data</h2>
    {main ? <Snippets page={page} plan={main.plan} /> : null}
    {version === null ? null : <Stability page={page} version={version} />}
    <h3>Files in {version === null ? "the preview" : `version ${version}`}</h3>
    <Files page={page} />
    <CheckDownload page={page} />
  </section>
);

const VersionsSection = ({ page }: { page: ReleasePage }) => {
  const model = makeVersionsModel(page);
  return (
    <section class="far">
      <h2 id="versions">Versions</h2>
      {page.version === null ? (
        <p>A preview has no versions.</p>
      ) : (
        <>
          <div id="_versions">
            <Versions model={model} />
          </div>
          <PageData id="_versions-model" value={model} />
          <p>
            <a href={`/${catalogueObjectKey(page.name)}`}>releases.json</a> lists all versions;{" "}
            <a href={`/${feedObjectKey(page.name)}`}>feed.xml</a> announces new ones.
          </p>
          {page.isNewest ? null : (
            <p>
              All versions: <a href={`/${page.name}/#versions`}>/{page.name}/#versions</a>
            </p>
          )}
        </>
      )}
    </section>
  );
};

const SourcesSection = ({ page, main }: { page: ReleasePage; main: MainTable }) => {
  const all = listPages(page).sources;
  const listed = all === undefined ? page.sources : page.sources.slice(0, FIRST_SOURCES);
  return (
    <section class="far">
      <h2 id="sources">Sources</h2>
      <Sources sources={listed} first={FIRST_SOURCES} noun={main.model.noun} only={rowsCiting(main)} addressOf={rowAddresses(main.whole)} />
      {all !== undefined && listed.length < page.sources.length ? (
        <p>
          The most cited.{" "}
          <a href={all} data-all-sources="">
            All {grouped(page.sources.length)} cited sources
          </a>
        </p>
      ) : null}
    </section>
  );
};

function headOf(page: ReleasePage): Head {
  const { main, name, version, isNewest, title } = page;
  return {
    title: version === null ? `${title} (preview)` : isNewest ? title : `${title} (${version})`,
    description: page.description.slice(0, 300),
    // The canonical page of every version is the newest one.
    canonical: `/${name}/`,
    ...(isNewest && version !== null ? {} : { robots: "noindex" }),
    links: [
      ...page.licenses.flatMap(({ path }) => (path ? [{ rel: "license", href: path }] : [])),
      ...(version === null ? [] : [{ rel: "alternate", type: "application/atom+xml", href: `/${feedObjectKey(name)}`, title: "Releases" }]),
      ...featuredFiles(page, main?.plan).map((file) => ({ rel: "alternate", type: file.mediaType, href: `${page.base}${file.name}` })),
      { rel: "describedby", type: "application/json", href: `${page.base}datapackage.json` },
    ],
    jsonLd: datasetJsonLd(page),
    ...(main ? { firstPaint: main.answers || main.board ? "answers" : "explorer" } : {}),
    ...(page.picture ? { picture: page.picture } : {}),
  };
}

/** The table or the counts that answer the dataset's main question. */
function answerOf(main: MainTable | undefined): preact.VNode | null {
  if (main?.answers) return <AnswerTable answers={main.answers} model={main.whole} />;
  return main?.board ? <BoardList board={main.board} /> : null;
}

export const ReleasePageContent = ({ page }: { page: ReleasePage }) => {
  const { main, name, version } = page;
  const noun: [string, string] = main ? main.model.noun : ["record", "records"];
  const lists = listPages(page);
  const isTimed = main?.model.isTimed && (main.model.rows.length === main.model.total || main.model.subjects !== undefined);
  const heading = isTimed ? `Timeline and ${noun[1]}` : (main?.plan.title ?? "Records");
  const answer = answerOf(main);
  const path = version === null || page.isNewest ? `/${name}/` : `/${name}/${version}/`;
  return (
    <PageFrame env={page.env} release={page} head={headOf(page)}>
      <GlyphSprite />
      <Banner page={page} />
      <main id="main" data-path={path}>
        <Contents page={page} sections={sectionsOf(page, main, heading)} />
        <div class="wide">
          <Intro page={page} />
          {answer === null ? null : (
            <>
              {answer}
              <About page={page} />
            </>
          )}
          {main ? (
            <Explore main={main} heading={heading} isFar={answer !== null} listed={lists.sources === undefined ? page.sources.length : 0} />
          ) : null}
          {answer === null ? <About page={page} /> : null}
          <Use page={page} />
          <VersionsSection page={page} />
          {page.sources.length > 0 && main ? <SourcesSection page={page} main={main} /> : null}
          <section class="far">
            <h2 id="columns">Columns</h2>
            {lists.columns === undefined ? (
              <Columns tables={page.tables} isBrief={countColumns(page) > PAGE_COLUMNS} />
            ) : (
              <ColumnCounts tables={page.tables} address={lists.columns} />
            )}
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
    </PageFrame>
  );
};
