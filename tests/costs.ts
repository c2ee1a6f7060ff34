/** Prices of us-east-1 in US dollars, and their source. */
export const PRICES_AT = "1 December 2026";
const PRICES = {
  /** https://aws.amazon.com/kms/pricing/, a key and month; ten thousand signatures with an elliptic curve. */
  key: 1,
  signatures: 0.15 / 10_000,
  /** https://aws.amazon.com/secrets-manager/pricing/, a month. */
  secret: 0.4,
  /** https://aws.amazon.com/cloudwatch/pricing/, a month: each metric of an alarm, and a composite alarm. */
  alarmMetric: 0.1,
  compositeAlarm: 0.5,
  /** https://aws.amazon.com/s3/pricing/ */
  put: 0.005 / 1_000,
  get: 0.0004 / 1_000,
  storedGB: 0.023,
  /** https://aws.amazon.com/cloudfront/pricing/: the KeyValueStore's API, GB after the first TB, HTTPS requests after 10 million, and the edge function after 2 million. */
  keyValueCall: 1 / 1_000,
  downloadedGB: 0.085,
  request: 0.01 / 10_000,
  edgeRun: 0.1 / 1e6,
  edgeRead: 0.03 / 1e6,
  /** https://aws.amazon.com/lambda/pricing/, of ARM. */
  gigabyteSecond: 0.0000133334,
  /** https://aws.amazon.com/cloudwatch/pricing/: vended logs, and their conversion to Parquet. */
  loggedGB: 0.25 + 0.035,
  /** https://aws.amazon.com/waf/pricing/, a month: a web ACL, and each of its rules. */
  webAcl: 5,
  webAclRule: 1,
  inspectedRequest: 0.6 / 1e6,
};

/** https://aws.amazon.com/codebuild/pricing/: a minute of ARM. That of `small` is published in several places; the others are upper estimates. */
const BUILD_MINUTE = { small: 0.0034, medium: 0.008, large: 0.015 };

/** What tests/unit/infra/factpress-stack.test.ts counts in the template. */
const ALARMS = { metrics: 33, composite: 5, count: 23 };

/** What a release of the Accords takes. The seconds of `publish` and of the check before it (`validate`) are assumed. */
const RELEASE = { puts: 455, gets: 450, keyValueCalls: 5, seconds: 10, checkSeconds: 10, bytes: 1.6e6, replacedBytes: 13e6 };
const FUNCTION_GB = 2;
const TICK = { count: 2_900, seconds: 2 };
const CANARY = { count: 720, seconds: 2, memoryGB: 0.5 };
const DAYS = 30;
const MAX_FREE = { downloadedGB: 1_024, requests: 1e7, edgeRuns: 2e6 };

interface Use {
  releases: number;
  downloadedGB: number;
}

const USES: Use[] = [10, 10_000].flatMap((releases) => [10, 10 * 1_024].map((downloadedGB) => ({ releases, downloadedGB })));

/** Requests of 1 MB. */
const requestsOf = ({ downloadedGB }: Use): number => downloadedGB * 1_000;
const fixed = (): number => PRICES.key + 2 * PRICES.secret + ALARMS.metrics * PRICES.alarmMetric + ALARMS.composite * PRICES.compositeAlarm;
const releases = (use: Use): number =>
  use.releases * (RELEASE.puts * PRICES.put + RELEASE.gets * PRICES.get + RELEASE.keyValueCalls * PRICES.keyValueCall);
const storage = (use: Use): number => ((use.releases * (RELEASE.bytes + RELEASE.replacedBytes)) / 1e9) * PRICES.storedGB;
const functionsAtRest = (): number =>
  (TICK.count * TICK.seconds * FUNCTION_GB + CANARY.count * CANARY.seconds * CANARY.memoryGB) * PRICES.gigabyteSecond;
const functions = (use: Use): number =>
  functionsAtRest() + use.releases * (RELEASE.seconds + RELEASE.checkSeconds) * FUNCTION_GB * PRICES.gigabyteSecond;
const requestsAtRest = (): number =>
  TICK.count * PRICES.get + CANARY.count * (PRICES.put + PRICES.get) + DAYS * (PRICES.put + PRICES.get + PRICES.signatures);
const logs = (use: Use): number => ((requestsOf(use) * 500) / 1e9) * PRICES.loggedGB;
const downloads = (use: Use): number =>
  Math.max(0, use.downloadedGB - MAX_FREE.downloadedGB) * PRICES.downloadedGB +
  Math.max(0, requestsOf(use) - MAX_FREE.requests) * PRICES.request;
const edge = (use: Use): number => Math.max(0, requestsOf(use) - MAX_FREE.edgeRuns) * (PRICES.edgeRun + PRICES.edgeRead);

/** What a deployment costs a month in which nothing is published and no page is read, in US dollars. */
export const costAtRest = (): number => fixed() + functionsAtRest() + requestsAtRest();

const money = (dollars: number): string => dollars.toFixed(2);

/** The table of what a deployment costs. */
export function costs(): string {
  const alarms = money(ALARMS.metrics * PRICES.alarmMetric + ALARMS.composite * PRICES.compositeAlarm);
  const rows: [string, (use: Use) => number][] = [
    [
      `fixed: KMS key ${money(PRICES.key)}, 2 secrets ${money(2 * PRICES.secret)}, ${ALARMS.count} alarms ${alarms} (${ALARMS.metrics} metrics, ${ALARMS.composite} composite)`,
      fixed,
    ],
    [
      `releases: about ${RELEASE.puts} PUTs and ${RELEASE.gets} GETs each (0.005 and 0.0004 a thousand), 1 KeyValueStore update and 4 reads (1.00 a thousand)`,
      releases,
    ],
    [
      "storage of what the first month writes: 0.023 a GB; releases stay and add up each month, replaced pages are deleted after 30 days",
      storage,
    ],
    [
      `functions: ${RELEASE.seconds} s of ${FUNCTION_GB} GB a release and ${RELEASE.checkSeconds} s for its check (assumed; 0.0000133 a GB-second), a tick every 15 minutes (2,900, ${TICK.seconds} s), the canary every hour (${CANARY.count}, ${CANARY.seconds} s of ${CANARY.memoryGB} GB)`,
      functions,
    ],
    ["at rest: 1 GET a tick, a LIST and a GET a run of the canary, and once a day 2 requests a dataset and a signature", requestsAtRest],
    ["access logs: 0.25 a GB delivered, and 0.035 for the conversion to Parquet; about 0.5 kB a request", logs],
    ["downloads: first TB and 10 million requests free, then 0.085 a GB and 0.01 per 10,000 requests", downloads],
    ["edge function: 2 million free, then 0.10 and 0.03 a million", edge],
  ];
  const total = (use: Use): number => rows.reduce((sum, [, cost]) => sum + Number(money(cost(use))), 0);
  return [
    "| | 10 releases, 10 GB | 10 releases, 10 TB | 10,000 releases, 10 GB | 10,000 releases, 10 TB |",
    "|---|---|---|---|---|",
    ...rows.map(([what, cost]) => `| ${what} | ${USES.map((use) => money(cost(use))).join(" | ")} |`),
    `| **together** | ${USES.map((use) => `**${Math.round(total(use))}**`).join(" | ")} |`,
  ].join("\n");
}

/** What a web application firewall in front of the webhook costs. */
export function firewallCosts(): string {
  const requests = money(1e6 * PRICES.inspectedRequest);
  return `A web ACL costs ${PRICES.webAcl} dollars a month, ${PRICES.webAclRule} for each rule and ${requests} per million requests\n(as of ${PRICES_AT}; look it up at https://aws.amazon.com/waf/pricing/).`;
}

const CHECK_MINUTES = { typical: 10, most: 20 };
const MERGE_MINUTES = 10;
const MAX_BUILD_MINUTES = 240;
const BUILD_TRIES = 3;

/** The table of what builds cost, and what a build may cost at most. */
export function buildCosts(): string {
  const counts = [10, 300];
  const checks = (minutes: number): number[] => counts.map((count) => count * minutes * BUILD_MINUTE.small);
  const merges = counts.map((count) => count * MERGE_MINUTES * BUILD_MINUTE.medium);
  const others = [0.01, 0.05];
  const together = (minutes: number): number[] => checks(minutes).map((check, i) => check + (merges[i] ?? 0) + (others[i] ?? 0));
  const row = (what: string, values: number[]): string => `| ${what} | ${values.map(money).join(" | ")} |`;
  const most = together(CHECK_MINUTES.most).map((dollars) => Math.round(dollars));
  const longest = MAX_BUILD_MINUTES * BUILD_MINUTE.large;
  return [
    `A build is paid by the minute of ARM: ${BUILD_MINUTE.small} dollars for \`small\` (2 cores, 4 GB), and at most about ${BUILD_MINUTE.medium} and ${BUILD_MINUTE.large} for \`medium\` (4, 8 GB) and`,
    `\`large\` (8, 16 GB), which are estimates. The most that one merge can cost is a \`large\` build that is stopped after four hours, ${money(longest)} dollars, or`,
    `${money(longest * BUILD_TRIES)} if each of three tries fails shortly before then. Hostile pull requests can use one \`small\` machine: at most ${money(24 * 60 * BUILD_MINUTE.small)} dollars a day.`,
    "",
    "| with `largeBuilds` set to `medium`, a month | 10 large pull requests | 300 large pull requests |",
    "|---|---|---|",
    row(`checks: ${CHECK_MINUTES.typical} minutes each on \`small\`, clone included`, checks(CHECK_MINUTES.typical)),
    row(`merges: ${MERGE_MINUTES} minutes each, clone included`, merges),
    row("requests, events, messages and logs", others),
    `| **together** (if each check took its ${CHECK_MINUTES.most} minutes) | ${together(CHECK_MINUTES.typical)
      .map((dollars, i) => `**${Math.round(dollars)}** (${most[i]})`)
      .join(" | ")} |`,
  ].join("\n");
}
