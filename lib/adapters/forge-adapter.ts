import type { ForgeAdapter } from "../ports/forge.ts";
import { gitHubWebAddress } from "./github/github-web-address.ts";
import { gitHubWebhook } from "./github/github-webhook.ts";

/** Every forge by its name. The client is loaded only when it is opened: the function that receives webhooks starts fast without. */
const FORGES: Readonly<Record<string, ForgeAdapter>> = {
  github: {
    webhook: gitHubWebhook,
    cloneUrl: ({ repository, apiUrl }) => `${gitHubWebAddress(apiUrl, repository)}.git`,
    open: async (settings) => (await import("./github/open-github.ts")).openGitHub(settings),
  },
};

const DEFAULT = "github";

export function forgeAdapter(name = DEFAULT): ForgeAdapter {
  const found = Object.hasOwn(FORGES, name) ? FORGES[name] : undefined;
  if (!found) throw new Error(`Unknown forge "${name}". Known: ${Object.keys(FORGES).join(", ")}`);
  return found;
}
