/** What a maintainer says of a deployment: few, flat, in `factpress.json`'s words or as `--context name=value`. */
export interface Settings {
  /** `owner/name` of the repository on GitHub whose data is published; it may be another one than this. */
  repository: string;
  /** The published branch. */
  branch: string;
  /** The folder that holds the datasets. */
  dataFolder: string;
  /** Address of an own domain, with its certificate in us-east-1; CloudFront's own address without. */
  domainName?: string;
  certificateArn?: string;
  /** Gets the alarms. */
  alarmEmail?: string;
  /** How long logs are kept. */
  logRetentionDays: number;
  /** Maximum webhooks handled at the same time; without it, only the account's own limit holds. */
  receiveConcurrency?: number;
  /** GitHub's API; another address for GitHub Enterprise. */
  githubApiUrl: string;
}

export class SettingsError extends Error {
  override name = "SettingsError";
}

const DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731];

/** Reads settings from CDK's context, each with a message of its own where it is wrong. */
export function settingsFrom(context: (name: string) => unknown): Settings {
  const text = (name: string, otherwise?: string): string | undefined => {
    const value = context(name) ?? otherwise;
    if (value === undefined || value === "") return undefined;
    if (typeof value !== "string" && typeof value !== "number")
      throw new SettingsError(`The setting ${name} is a text, not ${JSON.stringify(value)}`);
    return String(value);
  };
  const repository = text("repository");
  if (!repository || !/^[\w.-]+\/[\w.-]+$/.test(repository))
    throw new SettingsError(
      `The setting "repository" names the repository on GitHub that is published, such as --context repository=owner/name${repository ? `; "${repository}" does not` : ""}`,
    );
  const [domainName, certificateArn, alarmEmail] = [text("domainName"), text("certificateArn"), text("alarmEmail")];
  if ((domainName === undefined) !== (certificateArn === undefined))
    throw new SettingsError("domainName and certificateArn belong together: name both, or neither");
  if (certificateArn && !/^arn:aws:acm:us-east-1:\d{12}:certificate\//.test(certificateArn))
    throw new SettingsError(`certificateArn must name a certificate in us-east-1, where CloudFront looks for it, not "${certificateArn}"`);
  const logRetentionDays = Number(text("logRetentionDays", "90"));
  if (!DAYS.includes(logRetentionDays))
    throw new SettingsError(`logRetentionDays is one of ${DAYS.join(", ")}, not "${text("logRetentionDays")}"`);
  const receiveConcurrency = text("receiveConcurrency");
  if (receiveConcurrency !== undefined && !/^[1-9]\d{0,3}$/.test(receiveConcurrency))
    throw new SettingsError(`receiveConcurrency is a whole number from 1 to 9999, not "${receiveConcurrency}"`);
  const dataFolder = (text("dataFolder", "data") as string).replace(/\/+$/, "");
  if (!/^[^/]+(\/[^/]+)*$/.test(dataFolder) || dataFolder.split("/").some((part) => /^\.\.?$/.test(part)))
    throw new SettingsError(`dataFolder names a folder of the repository, such as data or open/data, not "${text("dataFolder")}"`);
  return {
    repository,
    branch: text("branch", "main") as string,
    dataFolder,
    ...(domainName && certificateArn ? { domainName, certificateArn } : {}),
    ...(alarmEmail ? { alarmEmail } : {}),
    logRetentionDays,
    ...(receiveConcurrency === undefined ? {} : { receiveConcurrency: Number(receiveConcurrency) }),
    githubApiUrl: text("githubApiUrl", "https://api.github.com") as string,
  };
}
