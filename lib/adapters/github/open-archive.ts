import { ForgeError } from "../../ports/forge-error.ts";
import { ArchiveError, archiveError } from "./archive-error.ts";
import type { GitHub, RepositoryName } from "./github-client.ts";

/** Redirects of an address that has moved, such as of a renamed repository, and the one to the archive. */
const MAX_REDIRECTS = 5;

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** The address that a response redirects to. It may contain a secret, so no message shows it. */
function redirectOf(status: number, location: string | null | undefined, from: URL): URL {
  if (!isRedirect(status) || !location || !URL.canParse(location, from))
    throw new ArchiveError(`GitHub answered ${status} without the address of an archive`);
  const to = new URL(location, from);
  if (to.protocol !== "https:" && to.protocol !== from.protocol) throw new ArchiveError("The address of the archive is not https");
  return to;
}

/** Rethrows errors of rate limits, which apply to every request, and errors that are not the forge's. */
function apiError(error: unknown): unknown {
  return error instanceof ForgeError && error.retryAfterSeconds === undefined ? archiveError(error) : error;
}

/**
 * The bytes of the gzipped tar archive of a commit. GitHub redirects to another host, which gets none of the client's headers: the address
 * authorizes the download (https://docs.github.com/rest/repos/contents#download-a-repository-archive-tar). `seconds` bounds everything,
 * including the download. Throws `ArchiveError`, and `ForgeError` for a rate limit.
 */
export async function openArchive(
  github: GitHub,
  repository: RepositoryName,
  commit: string,
  { apiUrl, seconds }: { apiUrl: string; seconds: number },
): Promise<ReadableStream<Uint8Array>> {
  const api = new URL(`${apiUrl.replace(/\/$/, "")}/`);
  const isOfApi = ({ href }: URL): boolean => href.startsWith(api.href);
  const signal = AbortSignal.timeout(seconds * 1000);
  // Not retried: files are fetched by queries instead.
  const request = { redirect: "manual", parseSuccessResponseBody: false, retries: 0, signal } as const;
  const ask = async (route: string, more: object = {}): Promise<URL> => {
    const { status, headers } = await github.request(route, { ...more, request }).catch((error: unknown) => {
      throw apiError(error);
    });
    return redirectOf(status, headers.location, api);
  };
  let at = await ask("GET /repos/{owner}/{repo}/tarball/{ref}", { ...repository, ref: commit });
  for (let i = 1; i < MAX_REDIRECTS && isOfApi(at); i += 1) at = await ask(`GET ${at.href}`);
  for (let i = 1; i < MAX_REDIRECTS && !isOfApi(at); i += 1) {
    const response = await fetch(at, { redirect: "manual", signal }).catch((error: unknown) => {
      throw archiveError(error);
    });
    if (response.status === 200 && response.body) return response.body;
    await response.body?.cancel();
    at = redirectOf(response.status, response.headers.get("location"), at);
  }
  throw new ArchiveError(`The address of the archive redirects more than ${MAX_REDIRECTS} times, or back`);
}
