import { catalogueObjectKey } from "../../contract/catalogue-object-key.ts";
import type { Catalogue } from "../../release/catalogue.ts";
import type { DatasetEnd } from "../../release/dataset-end.ts";
import { removedReason } from "../../release/removed-reason.ts";
import { withdrawnReason } from "../../release/withdrawn-reason.ts";
import { EndedBanner } from "./banner.tsx";
import { type PageEnvironment, PageFrame } from "./page-frame.tsx";
import { versionState } from "./version-state.ts";

/** The page of a dataset whose releases are all withdrawn or removed. */
export const NothingCurrentPage = ({
  name,
  title,
  catalogue,
  ended,
  env,
}: {
  name: string;
  title: string;
  catalogue: Catalogue;
  ended?: DatasetEnd;
  env: PageEnvironment;
}) => (
  <PageFrame env={env} head={{ title, canonical: `/${name}/` }}>
    {ended ? <EndedBanner end={ended} name={name} version={null} /> : null}
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
        All versions: <a href={`/${catalogueObjectKey(name)}`}>releases.json</a>
      </p>
    </main>
  </PageFrame>
);
