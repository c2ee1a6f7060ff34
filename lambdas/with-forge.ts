import { forgeAdapter } from "../lib/adapters/forge-adapter.ts";
import type { Forge, ForgeAdapter, ForgeSettings, Webhook } from "../lib/ports/forge.ts";
import { ForgeError } from "../lib/ports/forge-error.ts";
import { readSecret, secrets } from "./read-secret.ts";
import { setting } from "./setting.ts";

/** The published repository on its forge. */
export interface ForgeContext {
  forge: Forge;
  /** The published branch. */
  branch: string;
  /** The folder that contains the datasets, relative to the root of the repository. */
  dataFolder: string;
}

const adapter = (): ForgeAdapter => forgeAdapter(setting("FORGE"));

export const forgeWebhook = (): Webhook => adapter().webhook;

let context: Promise<ForgeContext> | undefined;
let limits: Pick<ForgeSettings, "maxRequests" | "reservedRequests"> = {};

/** Limits the requests for files per message and per hour. Call this before the first `withForge`. */
export const limitForgeRequests = (given: typeof limits): void => {
  limits = given;
};

let files: () => Pick<ForgeSettings, "folder" | "log"> = () => ({});

/** Has the forge keep files that it sends at once. Call it before the first `withForge`. A build does not: it clones. */
export const keepForgeFiles = (given: typeof files): void => {
  files = given;
};

async function openContext(): Promise<ForgeContext> {
  const forge = await adapter().open({
    repository: setting("REPOSITORY"),
    apiUrl: setting("FORGE_API_URL"),
    credentials: await readSecret(setting("APP_SECRET_ARN")),
    ...files(),
    ...limits,
  });
  return { forge, branch: setting("BRANCH"), dataFolder: setting("DATA_FOLDER") };
}

/** Runs `use` with the forge. If the forge rejects the credentials, they are read again for the next message. */
export async function withForge<T>(use: (context: ForgeContext) => Promise<T>): Promise<T> {
  const forget = (error: unknown): never => {
    context = undefined;
    secrets.clear();
    throw error;
  };
  context ??= openContext();
  const opened = await context.catch(forget);
  try {
    opened.forge.startWork();
    return await use(opened);
  } catch (error) {
    const mayBeCredentials = error instanceof ForgeError && (error.reason === "credentials" || error.reason === "missing");
    if (mayBeCredentials) forget(error);
    // The forge's cache is kept: after a rate limit, the next message continues with it.
    throw error;
  }
}
