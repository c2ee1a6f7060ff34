/** The settings of a deployment, given as `--context name=value` or in `cdk.json`. */
export interface Settings {
  /** Full name of the repository whose data is published, such as `owner/name`. */
  repository: string;
  /** The published branch. */
  branch: string;
  /** The folder that holds the datasets. */
  dataFolder: string;
  /** A custom domain, with its certificate in us-east-1. @default CloudFront's own address */
  domainName?: string;
  certificateArn?: string;
  /** Receives the alarms. @default nobody */
  alarmEmail?: string;
  /** Of the functions' logs. */
  logRetentionDays: number;
  /** Maximum webhooks handled at the same time. @default the account's limit */
  receiveConcurrency?: number;
  /** Address of the forge's API; GitHub Enterprise Server has its own. */
  githubApiUrl: string;
}

export class SettingsError extends Error {
  override name = "SettingsError";
}

const DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731];

type ReadText = (name: string) => string | undefined;

/** Reads settings from CDK's context. Throws `SettingsError`. */
export function settingsFrom(context: (name: string) => unknown): Settings {
  const text: ReadText = (name) => {
    const value = context(name);
    if (value === undefined || value === "") return undefined;
    if (typeof value !== "string" && typeof value !== "number")
      throw new SettingsError(`The setting ${name} must be a text, not ${JSON.stringify(value)}`);
    return String(value);
  };
  const alarmEmail = text("alarmEmail");
  const receiveConcurrency = receiveConcurrencyOf(text);
  return {
    repository: repositoryOf(text),
    branch: text("branch") ?? "main",
    dataFolder: dataFolderOf(text),
    ...domainOf(text),
    ...(alarmEmail ? { alarmEmail } : {}),
    logRetentionDays: logRetentionDaysOf(text),
    ...(receiveConcurrency === undefined ? {} : { receiveConcurrency }),
    githubApiUrl: text("githubApiUrl") ?? "https://api.github.com",
  };
}

function repositoryOf(text: ReadText): string {
  const repository = text("repository");
  if (repository && /^[\w.-]+\/[\w.-]+$/.test(repository)) return repository;
  throw new SettingsError(
    `The setting "repository" must name the repository that is published, such as --context repository=owner/name${repository ? `, not "${repository}"` : ""}`,
  );
}

function domainOf(text: ReadText): Pick<Settings, "domainName" | "certificateArn"> {
  const [domainName, certificateArn] = [text("domainName"), text("certificateArn")];
  if (domainName === undefined && certificateArn === undefined) return {};
  if (domainName === undefined || certificateArn === undefined)
    throw new SettingsError("domainName and certificateArn belong together: set both, or neither");
  if (!/^arn:aws:acm:us-east-1:\d{12}:certificate\//.test(certificateArn))
    throw new SettingsError(`certificateArn must name a certificate in us-east-1, which CloudFront requires, not "${certificateArn}"`);
  return { domainName, certificateArn };
}

function logRetentionDaysOf(text: ReadText): number {
  const days = text("logRetentionDays") ?? "90";
  if (DAYS.includes(Number(days))) return Number(days);
  throw new SettingsError(`logRetentionDays must be one of ${DAYS.join(", ")}, not "${days}"`);
}

function receiveConcurrencyOf(text: ReadText): number | undefined {
  const maximum = text("receiveConcurrency");
  if (maximum === undefined || /^[1-9]\d{0,3}$/.test(maximum)) return maximum === undefined ? undefined : Number(maximum);
  throw new SettingsError(`receiveConcurrency must be a whole number from 1 to 9999, not "${maximum}"`);
}

function dataFolderOf(text: ReadText): string {
  const folder = (text("dataFolder") ?? "data").replace(/\/+$/, "");
  if (/^[^/]+(\/[^/]+)*$/.test(folder) && !folder.split("/").some((part) => /^\.\.?$/.test(part))) return folder;
  throw new SettingsError(`dataFolder must be a folder of the repository, such as data or open/data, not "${text("dataFolder")}"`);
}
