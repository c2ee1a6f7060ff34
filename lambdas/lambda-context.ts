import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { forgeAdapter } from "../lib/adapters/forge-adapter.ts";
import { type FetchLimits, type Forge, ForgeError, type Webhook } from "../lib/ports/forge.ts";

/** An environment variable that the stack sets. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set`);
  return value;
}

/** Folder for a function's temporary files. */
export const temporaryFolder = (): string => join(tmpdir(), setting("AWS_LAMBDA_FUNCTION_NAME"));

/** Call it when an invocation starts: one that timed out leaves its files to the next in the same sandbox. */
export async function emptyTemporaryFolder(): Promise<void> {
  await rm(temporaryFolder(), { recursive: true, force: true });
  await mkdir(temporaryFolder(), { recursive: true });
}

/** A message to the queue `validate`. */
export interface ValidateMessage {
  sha: string;
  pull?: number;
  delivery: string;
  /** Somebody asked for a new run. */
  again?: boolean;
}

/** A message to the queue `publish`. What to publish is read from the branch. */
export interface PublishMessage {
  sha: string;
  delivery: string;
}

/** What the schedule sends. */
export interface Tick {
  tick: true;
}

const secrets = new Map<string, Promise<string>>();

/** The text of a secret, cached until `forgetSecrets`: it may be a placeholder that is still to be replaced. */
export function secretOf(arn: string): Promise<string> {
  const cached = secrets.get(arn);
  if (cached) return cached;
  const read = new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: arn })).then(({ SecretString }) => {
    if (!SecretString) throw new Error("The secret holds no text");
    return SecretString;
  });
  // The caller awaits it and gets the error; the next call reads again.
  read.catch(() => secrets.delete(arn));
  secrets.set(arn, read);
  return read;
}

export const forgetSecrets = (): void => secrets.clear();

/** The published repository on its forge. */
export interface ForgeContext {
  forge: Forge;
  /** The published branch. */
  branch: string;
  /** The folder that holds the datasets, from the root of the repository. */
  dataFolder: string;
}

/** The forge of this deployment; the stack names none where it is the default. */
const adapter = (): ReturnType<typeof forgeAdapter> => forgeAdapter(process.env["FORGE"]);

export const webhook = (): Webhook => adapter().webhook;

let context: Promise<ForgeContext> | undefined;
let maxRequests: number | undefined;

/** Bounds the requests that one message may cost for files. Call it before the first `withForge`. */
export const limitRequests = (requests: number): void => {
  maxRequests = requests;
};

async function openContext(): Promise<ForgeContext> {
  const forge = await adapter().open({
    repository: setting("REPOSITORY"),
    apiUrl: setting("GITHUB_API_URL"),
    credentials: await secretOf(setting("APP_SECRET_ARN")),
    ...(maxRequests === undefined ? {} : { maxRequests }),
  });
  return { forge, branch: setting("BRANCH"), dataFolder: setting("DATA_FOLDER") };
}

/** Runs with the forge. Credentials that it refuses are read again for the next message. */
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
    // The forge's cache stays: after a rate limit, the next message continues from there.
    throw error;
  }
}

/** Maximum that is fetched of one dataset of a commit. */
export const LIMITS: FetchLimits = { files: 5_000, fileBytes: 50 * 1024 * 1024, totalBytes: 400 * 1024 * 1024, depth: 4 };
