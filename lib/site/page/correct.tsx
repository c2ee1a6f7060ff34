import { repositoryFolderUrl, repositoryIssueUrl } from "../../contract/repository-links.ts";
import type { ReleasePage } from "./release-page.ts";

/** How to correct a record if the page has no repository. */
const withoutRepository = ({ contributors = [] }: ReleasePage, canWrite: boolean): string =>
  canWrite
    ? "This site does not name it."
    : `This site names neither it nor an address to write to. If you know how to reach ${contributors.map(({ title }) => title).join(", ") || "its publisher"}, send the address of the statement, what is right, and a source.`;

/** Whether the page has an address for corrections. */
export const canCorrect = ({ repository, homepage, contributors = [] }: ReleasePage): boolean =>
  repository !== undefined || homepage !== undefined || contributors.some(({ email }) => email !== undefined);

/** Explains how to correct a record. */
export const Correct = ({ page }: { page: ReleasePage }) => {
  const folder = page.repository ? repositoryFolderUrl(page.repository, page.repository.folder) : page.homepage;
  const writers = (page.contributors ?? []).flatMap(({ title, email }) =>
    email === undefined ? [] : [{ title, href: `mailto:${email.split("@").map(encodeURIComponent).join("@")}` }],
  );
  return (
    <>
      {page.repository ? (
        <p>
          <a href={repositoryIssueUrl(page.repository)}>Report a mistake</a> on {new URL(page.repository.url).host}, where you need an
          account: name the statement or its address, what is right, and a source.
        </p>
      ) : null}
      <p>
        Every record is in a JSON file of the repository
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
        .{" "}
        {folder
          ? "Change it there and send a pull request. The check names the file and line of each problem."
          : withoutRepository(page, writers.length > 0)}
      </p>
      {writers.length > 0 ? (
        <p>
          Write to{" "}
          {writers.map(({ title, href }, i) => (
            <>
              {i > 0 ? ", " : ""}
              <a href={href} dir="auto">
                {title}
              </a>
            </>
          ))}
          , with a source.
        </p>
      ) : null}
    </>
  );
};
