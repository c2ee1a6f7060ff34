import type { GitHub, RepositoryName } from "./github-client.ts";

/** Redirects of an address that has moved, such as of a renamed repository, and the one to the archive. */
const MAX_REDIRECTS = 5;

/** GitHub does not send an archive of a commit. */
class ArchiveUnavailableError extends Error {
  override name = "ArchiveUnavailableError";
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** Where an answer redirects to. Its address may hold a secret for the archive: no message shows it. */
function redirectOf(status: number, location: string | null | undefined, from: URL): URL {
  if (!isRedirect(status) || !location) throw new ArchiveUnavailableError(`GitHub answered ${status} instead of the address of an archive`);
  const to = new URL(location, from);
  if (to.protocol !== "https:" && to.protocol !== from.protocol)
    throw new ArchiveUnavailableError("The address of the archive is not https");
  return to;
}

/**
 * The bytes of the gzipped tar archive of a commit. GitHub redirects to another host, which gets none of the client's headers: its address
 * holds what it needs (https://docs.github.com/rest/repos/contents#download-a-repository-archive-tar).
 */
export async function openArchive(
  github: GitHub,
  repository: RepositoryName,
  commit: string,
  { apiUrl, seconds }: { apiUrl: string; seconds: number },
): Promise<ReadableStream<Uint8Array>> {
  const api = new URL(`${apiUrl.replace(/\/$/, "")}/`);
  const isOfApi = ({ href }: URL): boolean => href.startsWith(api.href);
  const ask = async (route: string, more: object = {}): Promise<URL> => {
    const { status, headers } = await github.request(route, { ...more, request: { redirect: "manual", parseSuccessResponseBody: false } });
    return redirectOf(status, headers.location, api);
  };
  const signal = AbortSignal.timeout(seconds * 1000);
  let at = await ask("GET /repos/{owner}/{repo}/tarball/{ref}", { ...repository, ref: commit });
  for (let i = 1; i < MAX_REDIRECTS && isOfApi(at); i += 1) at = await ask(`GET ${at.href}`);
  for (let i = 1; i < MAX_REDIRECTS && !isOfApi(at); i += 1) {
    const response = await fetch(at, { redirect: "manual", signal });
    if (response.status === 200 && response.body) return response.body;
    await response.body?.cancel();
    at = redirectOf(response.status, response.headers.get("location"), at);
  }
  throw new ArchiveUnavailableError(`The address of the archive redirects more than ${MAX_REDIRECTS} times, or back`);
}
