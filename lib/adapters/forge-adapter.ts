import type { ForgeAdapter } from "../ports/forge.ts";
import { GITHUB_DEPLOYMENT } from "./github/github-deployment.ts";
import { gitHubWebAddress } from "./github/github-web-address.ts";
import { gitHubWebhook } from "./github/github-webhook.ts";

/** Every forge by name. A client is imported only when a forge is opened, so that the function that receives webhooks starts fast. */
const FORGES: Readonly<Record<string, ForgeAdapter>> = {
  github: {
    webhook: gitHubWebhook,
    deployment: GITHUB_DEPLOYMENT,
    cloneUrl: ({ repository, apiUrl }) => `${gitHubWebAddress(apiUrl, repository)}.git`,
    open: async (settings) => (await import("./github/open-github.ts")).openGitHub(settings),
  },
};

export const FORGE_NAMES: readonly string[] = Object.keys(FORGES);

export function forgeAdapter(name: string): ForgeAdapter {
  const found = Object.hasOwn(FORGES, name) ? FORGES[name] : undefined;
  if (!found) throw new Error(`Unknown forge "${name}". Known: ${FORGE_NAMES.join(", ")}`);
  return found;
}
