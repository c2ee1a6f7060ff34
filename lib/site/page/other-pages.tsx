import { NO_ADDRESS } from "../../contract/no-address.ts";
import { type Catalogue, removedReason, withdrawnReason } from "../../release/catalogue.ts";
import { ValueText } from "../explorer/cell.tsx";
import { Details } from "../explorer/details.tsx";
import { counted, hrefOf, type Row, rankWord } from "../explorer/explorer-model.ts";
import { humanDate } from "../explorer/human-date.ts";
import { Layout, type PageEnvironment } from "./layout.tsx";
import type { SubjectPage } from "./release.ts";
import { versionState } from "./version-state.ts";

export interface ListedDataset {
  name: string;
  title: string;
  description: string;
  version: string;
  date: string | null;
}

export const Home = ({ datasets, env }: { datasets: ListedDataset[]; env: PageEnvironment }) => (
  <Layout
    env={env}
    head={{
      title: "Datasets",
      canonical: "/",
      jsonLd: {
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        name: "Datasets",
        url: `${env.site ?? ""}/`,
        dataset: datasets.map(({ name, title, description }) => ({
          "@type": "Dataset",
          name: title,
          description,
          url: `${env.site ?? ""}/${name}/`,
        })),
      },
    }}
  >
    <main id="main" class="wide">
      <h1>Datasets</h1>
      {datasets.length === 0 ? <p>Nothing is published here yet.</p> : null}
      <ul class="datasets">
        {datasets.map(({ name, title, description, version, date }) => (
          <li key={name}>
            <h2>
              <a href={`/${name}/`}>{title}</a>
            </h2>
            <p dir="auto">{description}</p>
            <p class="muted">
              Version {version}
              {date ? `, ${humanDate(date.slice(0, 10))}` : ""} · <a href={`/${name}/latest/datapackage.json`}>datapackage.json</a> ·{" "}
              <a href={`/${name}/feed.xml`}>feed</a>
            </p>
          </li>
        ))}
      </ul>
    </main>
  </Layout>
);

/** The page of a dataset whose releases are all withdrawn or removed. */
export const NothingCurrent = ({
  name,
  title,
  catalogue,
  env,
}: {
  name: string;
  title: string;
  catalogue: Catalogue;
  env: PageEnvironment;
}) => (
  <Layout env={env} head={{ title, canonical: `/${name}/` }}>
    <main id="main" class="wide">
      <h1>{title}</h1>
      <p class="note">
        <strong>This dataset has no current version.</strong> Every version was withdrawn or removed.
      </p>
      <ul>
        {catalogue.releases.slice(0, 50).map(({ version }) => (
          <li key={version}>
            <a href={`/${name}/${version}/`}>{version}</a>
            {versionState(catalogue, version)}: {removedReason(catalogue, version) ?? withdrawnReason(catalogue, version)}
          </li>
        ))}
      </ul>
      <p>
        All versions: <a href={`/${name}/releases.json`}>releases.json</a>
      </p>
    </main>
  </Layout>
);

/** The page of a removed release. */
export const Removed = (page: { name: string; title: string; version: string; reason: string; env: PageEnvironment }) => (
  <Layout env={page.env} head={{ title: `${page.title} (${page.version}, removed)`, robots: "noindex" }}>
    <main id="main" class="wide">
      <h1>{page.title}</h1>
      <p class="note">
        <strong>Version {page.version} was removed.</strong> {page.reason}
      </p>
      <p>
        Its <a href={`/${page.name}/${page.version}/SHA256SUMS`}>SHA256SUMS</a> and{" "}
        <a href={`/${page.name}/${page.version}/datapackage.json`}>datapackage.json</a> stay, so that the chain of releases can be checked.
        The newest version is at <a href={`/${page.name}/`}>/{page.name}/</a>.
      </p>
    </main>
  </Layout>
);

export const Missing = ({ env }: { env: PageEnvironment }) => (
  <Layout env={env} head={{ title: "Not found", robots: "noindex" }}>
    <main id="main" class="wide">
      <h1>Page not found</h1>
      <p>
        There is no such dataset, version, file or subject. <a href="/">All datasets</a>
      </p>
    </main>
  </Layout>
);

/** The cells of a row that show columns of some kinds. */
const cellsOf = ({ model }: SubjectPage, row: Row, kinds: readonly string[]): string[] =>
  row.cells.filter((text, i) => text !== "" && kinds.includes(model.columns[i]?.kind ?? ""));

const Rows = ({ page, rows }: { page: SubjectPage; rows: Row[] }) => (
  <>
    {rows.map((row) => (
      <article key={row.id} id={`${page.model.table}-${row.id}`} class={row.isDeprecated ? "statement deprecated" : "statement"}>
        <h3 dir="auto">
          <ValueText
            text={cellsOf(page, row, ["subject", "text", "value"])
              .filter((text) => text !== page.label)
              .join(": ")}
            row={row}
          />{" "}
          {rankWord(row) === undefined ? null : (
            <span class="ranked" aria-hidden={row.isDeprecated}>
              {rankWord(row)}
            </span>
          )}
        </h3>
        <p class="muted">
          {cellsOf(page, row, ["date", "status", "certainty"]).join(" · ")}{" "}
          <a href={`/${page.name}/${hrefOf(page.model.table, row.id)}`}>{row.id}</a>
        </p>
        <Details model={page.model} row={row} />
      </article>
    ))}
  </>
);

/** All statements about one subject, and those that name it. */
export const Subject = ({ page }: { page: SubjectPage }) => (
  <Layout
    env={page.env}
    head={{
      title: `${page.label} · ${page.title}`,
      description: `What ${page.title} says about ${page.label}, with sources.`,
      canonical: page.path,
    }}
  >
    <main id="main" class="wide">
      <p class="crumbs">
        <a href={`/${page.name}/`}>{page.title}</a>, version {page.version}
        {page.date ? `, ${humanDate(page.date.slice(0, 10))}` : ""}
      </p>
      <h1 dir="auto">{page.label}</h1>
      <dl class="facts">
        {page.fields.map(([title, text]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd dir="auto">{text}</dd>
          </div>
        ))}
      </dl>
      {page.about.length > 0 || page.mentions.length === 0 ? (
        <>
          <h2 id="about">{counted(page.about.length, page.model.noun)}</h2>
          <Rows page={page} rows={page.about} />
        </>
      ) : null}
      {page.mentions.length > 0 ? (
        <>
          <h2 id="mentions">Named in {counted(page.mentions.length, ["other", "others"])}</h2>
          <Rows page={page} rows={page.mentions} />
        </>
      ) : null}
    </main>
  </Layout>
);

/**
 * Downloads a release into a new folder and checks its hashes. A list that names anything but plain file names is refused
 * before a file is written: otherwise a hostile server could overwrite a `.bashrc` or `../x`.
 */
const checkHashes = (site: string): string =>
  [
    `at=${site}/DATASET/VERSION`,
    'mkdir release && cd release && curl -fLO "$at/SHA256SUMS" &&',
    "if grep -Evn '^[0-9a-f]{64}  [A-Za-z0-9][A-Za-z0-9._-]*$' SHA256SUMS; then",
    "  echo 'The lines above are no file names of a release. Nothing else was downloaded.'",
    "else",
    '  cut -c 67- SHA256SUMS | while read -r name; do curl -fLO "$at/$name" || break; done',
    "  sha256sum -c SHA256SUMS",
    "fi",
  ].join("\n");

const checkSignatures = (site: string): string => `node bin/factpress.js verify ${site}/DATASET/ --keys jwks.json`;

/** Verifies a release in the reader's browser, by a script. */
export const Verify = ({ env }: { env: PageEnvironment }) => (
  <Layout env={env} head={{ title: "Verify a release", canonical: "/verify/" }}>
    <main id="main" class="wide">
      <h1>Verify a release</h1>
      <p class="lead">
        Your browser downloads every file of a release, computes its SHA-256, follows the chain of releases back to the first, and checks
        the signature. The public keys come from this site, so they do not prove who published the files. Enter the id of the publisher's
        key as you know it from elsewhere, such as its git repository (<code>.well-known/jwks.json</code>).
      </p>
      <form id="verify" class="panel live">
        <div class="choices">
          <label class="choice">
            <span>Dataset</span>
            <input name="dataset" required autocomplete="off" />
          </label>
          <label class="choice">
            <span>Version</span>
            <input name="version" placeholder="latest" autocomplete="off" />
          </label>
          <label class="choice">
            <span>Key id that you know</span>
            <input name="key" autocomplete="off" spellcheck={false} />
          </label>
          <button type="submit">Verify</button>
        </div>
      </form>
      <p id="verdict" role="status" />
      <ol id="steps" class="steps" />
      <h2>The same on a command line</h2>
      <p>Download the files of one release into a new folder and check their hashes:</p>
      <pre>
        <code>{checkHashes(env.site ?? NO_ADDRESS)}</code>
      </pre>
      <p>
        Check the chain of releases and the signatures as well, in a clone of the Factpress repository after <code>npm ci</code>. Get the
        publisher's public keys (<code>jwks.json</code>) from elsewhere than this site:
      </p>
      <pre>
        <code>{checkSignatures(env.site ?? NO_ADDRESS)}</code>
      </pre>
    </main>
  </Layout>
);
