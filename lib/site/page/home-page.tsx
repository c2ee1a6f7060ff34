import { feedObjectKey } from "../../contract/feed-object-key.ts";
import { PACKAGE_FILE } from "../../contract/release-files.ts";
import type { DatasetEnd } from "../../release/dataset-end.ts";
import { humanDate } from "../explorer/human-date.ts";
import { type PageEnvironment, PageFrame } from "./page-frame.tsx";

export interface ListedDataset {
  name: string;
  title: string;
  description: string;
  version: string;
  date: string | null;
  /** Set if the dataset has ended. */
  ended?: DatasetEnd;
}

export const HomePage = ({ datasets, env }: { datasets: ListedDataset[]; env: PageEnvironment }) => (
  <PageFrame
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
        {datasets.map(({ name, title, description, version, date, ended }) => (
          <li key={name}>
            <h2>
              <a href={`/${name}/`}>{title}</a>
            </h2>
            {ended ? (
              <p>
                <strong>No longer published.</strong>
                {ended.continuedAs === undefined ? null : (
                  <>
                    {" "}
                    Continued as <a href={`/${ended.continuedAs}/`}>{ended.continuedAs}</a>.
                  </>
                )}
              </p>
            ) : null}
            <p dir="auto">{description}</p>
            <p class="muted">
              Version {version}
              {date ? `, ${humanDate(date.slice(0, 10))}` : ""} · <a href={`/${name}/latest/${PACKAGE_FILE}`}>datapackage.json</a> ·{" "}
              <a href={`/${feedObjectKey(name)}`}>feed</a>
            </p>
          </li>
        ))}
      </ul>
    </main>
  </PageFrame>
);
