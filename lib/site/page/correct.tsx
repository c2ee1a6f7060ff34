import { repositoryFolderUrl, repositoryIssueUrl } from "../../contract/repository-links.ts";
import { pageVersion, type ReleasePage } from "./release-page.ts";
import { makeReport } from "./report.ts";
import { ReportPanel } from "./report-panel.tsx";

/** The folder of the records, with a link if its address is known. */
const Folder = ({ page: { repository, homepage, name } }: { page: ReleasePage }) => {
  if (repository)
    return (
      <>
        {" "}
        (
        <a href={repositoryFolderUrl(repository, repository.folder)}>
          {repository.folder} on {repository.url.replace(/^https:\/\//, "")}
        </a>
        )
      </>
    );
  return homepage ? (
    <>
      {" "}
      (<a href={homepage}>{homepage}</a>)
    </>
  ) : (
    <>
      , in <code>data/{name}/</code>
    </>
  );
};

/** Explains how to correct a record. */
export const Correct = ({ page }: { page: ReleasePage }) => {
  const { name, title, repository, homepage, version } = page;
  const report = makeReport(page, {
    name: `${title}, version ${pageVersion(page)}`,
    path: `/${name}/${version === null ? "" : `${version}/`}`,
  });
  return (
    <>
      {repository ? (
        <p>
          <a href={repositoryIssueUrl(repository)}>Report a mistake</a> on {new URL(repository.url).host}, where you need an account: say
          which value is wrong, what is right, and who says so.
        </p>
      ) : null}
      <p>
        Every record is in a JSON file of the repository
        <Folder page={page} />.{" "}
        {repository || homepage
          ? "Change it there and send a pull request. The check names the file and line of each problem."
          : "This site does not name the repository."}
      </p>
      <ReportPanel report={report} />
    </>
  );
};
