import { FORGE_NAMES, forgeAdapter } from "../adapters/forge-adapter.ts";

/** Size of the machine that publishes large datasets. */
export type BuildCompute = "small" | "medium" | "large";

/** The settings of a deployment, given as `--context name=value` or in `cdk.json`. */
export interface StackSettings {
  /** Full name of the repository whose data is published, such as `owner/name`. */
  repository: string;
  /** The published branch. */
  branch: string;
  /** The folder that contains the datasets. */
  dataFolder: string;
  /** A custom domain, with its certificate in us-east-1. @default CloudFront's own address */
  domainName?: string;
  certificateArn?: string;
  /** Receives the alarms. @default none */
  alarmEmail?: string;
  /** Retention of the functions' logs. */
  logRetentionDays: number;
  /** Maximum webhooks handled concurrently. @default the account's limit */
  receiveConcurrency?: number;
  /** ARN of the role or user that may assume the break-glass role; * matches any characters. @default everyone in the account with MFA */
  breakGlassPrincipalArn?: string;
  /** Only the break-glass role can delete a version younger than this (S3 Object Lock). @default no lock */
  objectLockDays?: number;
  /** Sends mail when the account's monthly cost is forecast to exceed this; requires alarmEmail. @default no budget */
  monthlyBudgetUsd?: number;
  /** Name of another bucket, preferably in another account, for a copy of each catalogue. @default no copy */
  catalogueCopyBucket?: string;
  /** Size of the machine for builds of datasets too large for a function. @default they are refused */
  largeBuilds?: BuildCompute;
  /** Set this after the first deployment has succeeded: with it, a failed first deployment cannot be retried. @default false */
  terminationProtection: boolean;
  /** Name of the forge that hosts the repository (lib/adapters/forge-adapter.ts). */
  forge: string;
  /** Address of the forge's API. */
  forgeApiUrl: string;
}

export class StackSettingsError extends Error {
  override name = "StackSettingsError";
}

const DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731];

type ReadText = (name: string) => string | undefined;

/** Reads settings from CDK's context. Throws `StackSettingsError`. */
export function stackSettings(context: (name: string) => unknown): StackSettings {
  const text: ReadText = (name) => {
    const value = context(name);
    if (value === undefined || value === "") return undefined;
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
      throw new StackSettingsError(`The setting ${name} must be text, not ${JSON.stringify(value)}`);
    return String(value);
  };
  const alarmEmail = text("alarmEmail");
  const receiveConcurrency = wholeNumber(text, "receiveConcurrency", 9_999);
  const objectLockDays = wholeNumber(text, "objectLockDays", 36_500);
  const monthlyBudgetUsd = wholeNumber(text, "monthlyBudgetUsd", 1_000_000);
  if (monthlyBudgetUsd !== undefined && !alarmEmail)
    throw new StackSettingsError("monthlyBudgetUsd needs alarmEmail: the address that the budget writes to");
  return {
    repository: repositoryOf(text),
    branch: text("branch") ?? "main",
    dataFolder: dataFolderOf(text),
    ...domainOf(text),
    ...(alarmEmail ? { alarmEmail } : {}),
    logRetentionDays: logRetentionDaysOf(text),
    ...(receiveConcurrency === undefined ? {} : { receiveConcurrency }),
    ...(objectLockDays === undefined ? {} : { objectLockDays }),
    ...(monthlyBudgetUsd === undefined ? {} : { monthlyBudgetUsd }),
    ...breakGlassPrincipalOf(text),
    ...catalogueCopyOf(text),
    ...largeBuildsOf(text),
    terminationProtection: yesOrNo(text, "terminationProtection"),
    ...forgeOf(text),
  };
}

function repositoryOf(text: ReadText): string {
  const repository = text("repository");
  if (repository && /^[\w.-]+\/[\w.-]+$/.test(repository)) return repository;
  throw new StackSettingsError(
    `The setting "repository" must name the repository that is published, such as --context repository=owner/name${repository ? `, not "${repository}"` : ""}`,
  );
}

function forgeOf(text: ReadText): Pick<StackSettings, "forge" | "forgeApiUrl"> {
  const forge = text("forge") ?? "github";
  if (!FORGE_NAMES.includes(forge)) throw new StackSettingsError(`forge must be one of ${FORGE_NAMES.join(", ")}, not "${forge}"`);
  // Earlier versions knew only the second name.
  const forgeApiUrl = text("forgeApiUrl") ?? text("githubApiUrl") ?? forgeAdapter(forge).deployment.apiUrl;
  if (/^https?:\/\/[^/\s]/.test(forgeApiUrl)) return { forge, forgeApiUrl };
  throw new StackSettingsError(`forgeApiUrl must be an address such as https://git.example.org/api/v3, not "${forgeApiUrl}"`);
}

function domainOf(text: ReadText): Pick<StackSettings, "domainName" | "certificateArn"> {
  const [domainName, certificateArn] = [text("domainName"), text("certificateArn")];
  if (domainName === undefined && certificateArn === undefined) return {};
  if (domainName === undefined || certificateArn === undefined)
    throw new StackSettingsError("domainName and certificateArn belong together: set both, or neither");
  if (!/^arn:aws:acm:us-east-1:\d{12}:certificate\//.test(certificateArn))
    throw new StackSettingsError(`certificateArn must name a certificate in us-east-1, which CloudFront requires, not "${certificateArn}"`);
  return { domainName, certificateArn };
}

function logRetentionDaysOf(text: ReadText): number {
  const days = text("logRetentionDays") ?? "90";
  if (DAYS.includes(Number(days))) return Number(days);
  throw new StackSettingsError(`logRetentionDays must be one of ${DAYS.join(", ")}, not "${days}"`);
}

function wholeNumber(text: ReadText, name: string, maximum: number): number | undefined {
  const value = text(name);
  if (value === undefined) return undefined;
  if (/^[1-9]\d*$/.test(value) && Number(value) <= maximum) return Number(value);
  throw new StackSettingsError(`${name} must be a whole number from 1 to ${maximum}, not "${value}"`);
}

function yesOrNo(text: ReadText, name: string): boolean {
  const value = text(name) ?? "false";
  if (value === "true" || value === "false") return value === "true";
  throw new StackSettingsError(`${name} must be true or false, not "${value}"`);
}

function catalogueCopyOf(text: ReadText): Pick<StackSettings, "catalogueCopyBucket"> {
  const catalogueCopyBucket = text("catalogueCopyBucket");
  if (catalogueCopyBucket === undefined) return {};
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(catalogueCopyBucket)) return { catalogueCopyBucket };
  throw new StackSettingsError(`catalogueCopyBucket must be the name of a bucket, not "${catalogueCopyBucket}"`);
}

const isCompute = (text: string): text is BuildCompute => ["small", "medium", "large"].includes(text);

function largeBuildsOf(text: ReadText): Pick<StackSettings, "largeBuilds"> {
  const largeBuilds = text("largeBuilds");
  if (largeBuilds === undefined) return {};
  if (isCompute(largeBuilds)) return { largeBuilds };
  throw new StackSettingsError(`largeBuilds must be small, medium or large: the size of the machine that builds, not "${largeBuilds}"`);
}

function breakGlassPrincipalOf(text: ReadText): Pick<StackSettings, "breakGlassPrincipalArn"> {
  const breakGlassPrincipalArn = text("breakGlassPrincipalArn");
  if (breakGlassPrincipalArn === undefined) return {};
  if (/^arn:aws:iam::\d{12}:(role|user)\/[\w+=,.@/*-]+$/.test(breakGlassPrincipalArn)) return { breakGlassPrincipalArn };
  throw new StackSettingsError(
    `breakGlassPrincipalArn must be the ARN of a role or user, such as arn:aws:iam::123456789012:role/NAME, not "${breakGlassPrincipalArn}"`,
  );
}

/** Throws `StackSettingsError` for a principal of another account, which the break-glass role does not trust. */
export function checkStackAccount({ breakGlassPrincipalArn }: StackSettings, account: string): void {
  const named = breakGlassPrincipalArn?.split(":")[4];
  if (named === undefined || named === account) return;
  throw new StackSettingsError(`breakGlassPrincipalArn must be of the account that is deployed to, ${account}, not of ${named}`);
}

function dataFolderOf(text: ReadText): string {
  const folder = (text("dataFolder") ?? "data").replace(/\/+$/, "");
  if (/^[^/]+(\/[^/]+)*$/.test(folder) && !folder.split("/").some((part) => /^\.\.?$/.test(part))) return folder;
  throw new StackSettingsError(`dataFolder must be a folder of the repository, such as data or open/data, not "${text("dataFolder")}"`);
}
