import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/core";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";

/** The App that Factpress is on GitHub. */
export interface AppCredentials {
  appId: string;
  privateKey: string;
}

/** `owner/name`. */
export interface Repository {
  owner: string;
  name: string;
}

export const parseRepository = (text: string): Repository => {
  const [owner, name, more] = text.split("/");
  if (!owner || !name || more !== undefined) throw new Error(`"${text}" is no repository: owner/name`);
  return { owner, name };
};

/** So long is waited when GitHub asks for it (a minute is what it asks for most); for longer, the message goes back to its queue. */
const PATIENCE_SECONDS = 65;

const Client = Octokit.plugin(throttling, retry);
export type GitHub = InstanceType<typeof Client>;

const limits = {
  onRateLimit: (retryAfter: number, _options: object, _octokit: unknown, tries: number) => retryAfter <= PATIENCE_SECONDS && tries < 5,
  onSecondaryRateLimit: (retryAfter: number, _options: object, _octokit: unknown, tries: number) =>
    retryAfter <= PATIENCE_SECONDS && tries < 2,
};
/** What a repetition does not mend; of being throttled, `throttle` decides. */
const final = [400, 401, 403, 404, 410, 413, 422, 429, 451];
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** A client that acts as the App where it is installed on the repository; its tokens live an hour and are fetched anew. */
export async function githubClient(credentials: AppCredentials, { owner, name }: Repository, baseUrl: string): Promise<GitHub> {
  const common = { baseUrl, throttle: limits, retry: { doNotRetry: final }, log: quiet, request: { timeout: 30_000 } };
  const app = new Client({ ...common, authStrategy: createAppAuth, auth: credentials });
  const { data } = await app.request("GET /repos/{owner}/{repo}/installation", { owner, repo: name });
  return new Client({ ...common, authStrategy: createAppAuth, auth: { ...credentials, installationId: data.id } });
}

export const statusOf = (error: unknown): number | undefined => (error as { status?: number }).status;
