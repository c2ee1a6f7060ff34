import { reportTitle } from "./report-title.ts";

/** Addresses of a repository's pages, relative to the repository's own. `{commit}` is a commit id or HEAD. */
export interface RepositoryLinks {
  /** Followed by the path of a file. */
  file: string;
  /** Followed by the path of a folder. */
  folder: string;
  /** Where readers report an error without git. */
  issue: string;
  /** The same with a form that is filled in: `{title}` and `{body}` are its texts. @default issue */
  report?: string;
}

/** A repository that accepts corrections. */
export interface LinkedRepository {
  url: string;
  /** @default DEFAULT_LINKS */
  links?: RepositoryLinks;
}

/** The paths of GitHub, which other forges accept too. Used if a store names no others. */
const DEFAULT_LINKS: RepositoryLinks = {
  file: "/blob/{commit}/",
  folder: "/tree/{commit}/",
  issue: "/issues/new/choose",
  report: "/issues/new?title={title}&body={body}",
};

const linkOf = ({ url, links = DEFAULT_LINKS }: LinkedRepository, name: "file" | "folder" | "issue", commit = "HEAD"): string =>
  `${url}${links[name].replace("{commit}", () => commit)}`;

/** Prefix of the addresses of files at a commit. */
export const repositoryFilesUrl = (repository: LinkedRepository, commit: string): string => linkOf(repository, "file", commit);

export const repositoryFolderUrl = (repository: LinkedRepository, folder: string): string => `${linkOf(repository, "folder")}${folder}`;

export const repositoryIssueUrl = (repository: LinkedRepository): string => linkOf(repository, "issue");

/** The title is truncated. */
export function repositoryReportUrl(repository: LinkedRepository, title: string, body: string): string {
  const { report } = repository.links ?? DEFAULT_LINKS;
  if (report === undefined) return repositoryIssueUrl(repository);
  return `${repository.url}${report.replace("{title}", () => encodeURIComponent(reportTitle(title))).replace("{body}", () => encodeURIComponent(body))}`;
}
