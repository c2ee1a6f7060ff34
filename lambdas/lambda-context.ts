import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  type AppCredentials,
  type GitHub,
  githubClient,
  parseRepository,
  type Repository,
  statusOf,
} from "../lib/adapters/github/github-client.ts";
import { GitHubReporter } from "../lib/adapters/github/reporter-github.ts";
import { type FetchLimits, GitHubRepository } from "../lib/adapters/github/source-github.ts";
import { parseJson } from "../lib/json/parse-json.ts";

/** What the stack says to a function. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set`);
  return value;
}

/** Where a function writes: a folder of its name. */
export const temporaryFolder = (): string => join(tmpdir(), setting("AWS_LAMBDA_FUNCTION_NAME"));

/** Called when an invocation begins: one that was ended in the middle leaves its files to the next in the same place. */
export async function emptyTemporaryFolder(): Promise<void> {
  await rm(temporaryFolder(), { recursive: true, force: true });
  await mkdir(temporaryFolder(), { recursive: true });
}

/** A message to the queue `validate`. */
export interface ValidateMessage {
  sha: string;
  pull?: number;
  delivery: string;
  /** Somebody asked for a repetition. */
  again?: boolean;
}

/** A message to the queue `publish`: what is to be published is read from the branch, not from here. */
export interface PublishMessage {
  sha: string;
  delivery: string;
}

/** What a schedule sends. */
export interface Tick {
  tick: true;
}

const secrets = new Map<string, Promise<string>>();

/** A secret, kept until it is forgotten: it may have been a placeholder, or be replaced. */
export function secretOf(arn: string): Promise<string> {
  const known = secrets.get(arn);
  if (known) return known;
  const read = new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: arn })).then(({ SecretString }) => {
    if (!SecretString) throw new Error("The secret holds no text");
    return SecretString;
  });
  // Whoever awaits it learns of the failure; the next message asks again.
  read.catch(() => secrets.delete(arn));
  secrets.set(arn, read);
  return read;
}

async function credentials(): Promise<AppCredentials> {
  const text = await secretOf(setting("APP_SECRET_ARN"));
  const { appId, privateKey } = parseJson<Partial<Record<keyof AppCredentials, string | number>> | null>(text)?.value ?? {};
  if (appId && privateKey) return { appId: String(appId), privateKey: String(privateKey) };
  throw new Error('The secret of the GitHub App is no JSON with "appId" and "privateKey" (docs/deploy.md)');
}

export const forgetSecrets = (): void => secrets.clear();

export interface Forge {
  repository: Repository;
  code: GitHubRepository;
  reporter: GitHubReporter;
  branch: string;
  /** The folder that holds the datasets, from the root of the repository. */
  dataFolder: string;
  /** The repository as people see it. */
  webUrl: string;
}

/** Where the pages of a GitHub are, whose API is at an address: https://docs.github.com/enterprise-server/rest */
const webOf = (apiUrl: string): string =>
  apiUrl === "https://api.github.com" ? "https://github.com" : apiUrl.replace(/\/api\/v3\/?$/, "");

let forge: Promise<Forge> | undefined;
let budget: number | undefined;

/** Bounds the requests that one message may make for files. */
export const limitRequests = (requests: number): void => {
  budget = requests;
};

async function open(): Promise<Forge> {
  const repository = parseRepository(setting("REPOSITORY"));
  const app = await credentials();
  const github: GitHub = await githubClient(app, repository, setting("GITHUB_API_URL"));
  return {
    repository,
    code: new GitHubRepository(github, repository, budget === undefined ? {} : { budget }),
    reporter: new GitHubReporter(github, repository, app.appId),
    branch: setting("BRANCH"),
    dataFolder: setting("DATA_FOLDER"),
    webUrl: `${webOf(setting("GITHUB_API_URL"))}/${setting("REPOSITORY")}`,
  };
}

/** Runs with the forge; a token that it refuses is forgotten, so that the next try gets another. */
export async function withForge<T>(use: (forge: Forge) => Promise<T>): Promise<T> {
  const forget = (error: unknown): never => {
    forge = undefined;
    secrets.clear();
    throw error;
  };
  forge ??= open();
  const opened = await forge.catch(forget);
  try {
    opened.code.renew();
    return await use(opened);
  } catch (error) {
    // What was fetched is kept: when GitHub asks to wait, the next try goes on from there.
    return [401, 404].includes(statusOf(error) ?? 0) ? forget(error) : Promise.reject(error);
  }
}

/** What is fetched of a commit at most. */
export const LIMITS: FetchLimits = { files: 5_000, fileBytes: 50 * 1024 * 1024, totalBytes: 400 * 1024 * 1024, depth: 4 };
