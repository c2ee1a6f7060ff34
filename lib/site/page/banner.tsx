import { catalogueObjectKey } from "../../contract/catalogue-object-key.ts";
import { shortCommitId } from "../../contract/short-commit-id.ts";
import { type DatasetEnd, datasetEndSentence } from "../../release/dataset-end.ts";
import { withdrawnReason } from "../../release/withdrawn-reason.ts";
import { humanDate } from "../explorer/human-date.ts";
import type { ReleasePage } from "./release-page.ts";

const Notice = ({ page, isWithdrawn, children }: { page: ReleasePage; isWithdrawn?: boolean; children: preact.ComponentChildren }) => (
  <aside class={isWithdrawn ? "banner withdrawn" : "banner"} aria-label="About this version">
    <div class="wide">
      <p>{children}</p>
      {page.version === null ? null : (
        <a class="button" href={`/${page.name}/`}>
          See the latest version
        </a>
      )}
    </div>
  </aside>
);

/** A notice that the dataset has ended. */
export const EndedBanner = ({ end, name, version }: { end: DatasetEnd; name: string; version: string | null }) => (
  <aside class="banner withdrawn" aria-label="About this dataset">
    <div class="wide">
      <p>
        <strong>No longer published{end.date ? ` since ${humanDate(end.date.slice(0, 10))}` : ""}</strong> (commit{" "}
        <code>{shortCommitId(end.commit)}</code>). {end.reason === undefined ? null : `${datasetEndSentence(end.reason)} `}
        {end.continuedAs === undefined ? null : (
          <>
            Continued as <a href={`/${end.continuedAs}/`}>{end.continuedAs}</a>.{" "}
          </>
        )}
        {version === null ? "Its releases stay available." : `Version ${version} is the last and stays available.`}
      </p>
      {end.continuedAs === undefined ? (
        <a class="button" href={`/${catalogueObjectKey(name)}`}>
          See all versions
        </a>
      ) : (
        <a class="button" href={`/${end.continuedAs}/`}>
          Go to {end.continuedAs}
        </a>
      )}
    </div>
  </aside>
);

const VersionNotice = ({ page, withdrawn }: { page: ReleasePage; withdrawn: string | undefined }) => {
  if (page.version === null)
    return (
      <Notice page={page}>
        <strong>Preview.</strong> This is the current content of the working folder; it is not released.
      </Notice>
    );
  if (withdrawn !== undefined)
    return (
      <Notice page={page} isWithdrawn>
        <strong>Withdrawn.</strong> {withdrawn}
      </Notice>
    );
  return page.isNewest ? null : (
    <Notice page={page}>
      <strong>You are reading version {page.version}.</strong> A newer one exists. This page's files will not change.
    </Notice>
  );
};

/** A notice if the version is not the latest, with its withdrawals. */
export const Banner = ({ page }: { page: ReleasePage }) => {
  const events = page.version === null ? [] : page.catalogue.withdrawn.filter(({ version }) => version === page.version);
  const withdrawn = page.version === null ? undefined : withdrawnReason(page.catalogue, page.version);
  const isToldByNotice = events.length === 0 || (events.length === 1 && withdrawn !== undefined);
  return (
    <>
      {page.ended ? <EndedBanner end={page.ended} name={page.name} version={page.version} /> : null}
      <VersionNotice page={page} withdrawn={withdrawn} />
      {isToldByNotice ? null : (
        <ul class="wide muted">
          {events.map(({ reason, date }, i) => (
            <li key={String(i)}>
              {date?.slice(0, 10)} {reason === null ? "No longer withdrawn." : `Withdrawn: ${reason}`}
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
