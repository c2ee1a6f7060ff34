import { Duration } from "aws-cdk-lib";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import { alarmMetrics, TICK, type Watched, WEBHOOK_PERIOD } from "./alarm-metrics.ts";

/** An alarm on one metric. */
interface AlarmRule {
  name: string;
  /** Chapter of docs/runbook.md. */
  chapter: string;
  description: string;
  metric: cloudwatch.IMetric;
  threshold?: number;
  /** Breaching periods out of evaluated periods, so that repeated failures of ticks or webhooks are one alarm. */
  breaching: [count: number, of: number];
  missingData?: cloudwatch.TreatMissingData;
  /** Raised if the metric is below the threshold or has no data any more. */
  isAboutSilence?: true;
  /** Part of a `JoinedAlarm`, which sends the mail. */
  isPart?: true;
}

/** A composite alarm. With `after`, it is suppressed while another alarm of the same cause lasts, and for some time after. */
interface JoinedAlarm {
  name: string;
  chapter: string;
  description: string;
  /** Names of the alarms that raise it. */
  of: string[];
  /** The alarm of the same cause, and how long the parts may outlast it. */
  after?: { name: string; until: Duration };
}

/** Maximum time from a merge to its release before an alarm. */
const LAG_SECONDS = 15 * 60;
/**
 * Maximum age of a message to publish before an alarm: more than two visibility timeouts (lib/infra/add-queue.ts), within which a timed-out
 * run has been retried.
 */
const QUEUE_LAG_SECONDS = 35 * 60;

const ONCE: AlarmRule["breaching"] = [1, 1];
/** Webhooks and checks occur when people work. Their alarms last over a weekend. */
const QUIET_HOURS = 72;
/**
 * How long dead letters may outlast throttles. SQS counts a delivery that Lambda throttles, so messages to validate become dead letters
 * without a run. A person has this time to move them back.
 */
const AFTER_THROTTLES = Duration.days(3);

/**
 * The alarm of a schedule that has stopped: it changes to INSUFFICIENT_DATA. That is also the state of a new alarm, so a new stack sends no
 * mail before its first tick: actions follow a change of the state
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html, InsufficientDataActions). If missing data were
 * breaching, each new stack would send one. CloudWatch looks at a few more periods than these before it takes data for missing.
 */
const SILENCE = { breaching: [2, 2], isAboutSilence: true, missingData: cloudwatch.TreatMissingData.MISSING } satisfies Partial<AlarmRule>;

const buildNotStarted = (metric: cloudwatch.Metric): AlarmRule => ({
  name: "BuildNotStarted",
  chapter: "A build does not start",
  description: "For an hour, no build could be started that publishes a large dataset.",
  metric,
  // The next attempt comes after two and a half hours (lambdas/publish/large-build.ts).
  breaching: [1, 6],
});

/** The alarms on single metrics. */
export function alarmRules(watched: Watched): AlarmRule[] {
  const metrics = alarmMetrics(watched);
  const lag = { chapter: "Publishing lags", description: "A merged commit was not released within 15 minutes.", threshold: LAG_SECONDS };
  const failing = { chapter: "A function fails", description: "A function threw an error or ran out of time or memory, twice in an hour." };
  return [
    {
      name: "DeadLetters-validate",
      chapter: "Dead letters",
      description: "A message failed five times.",
      metric: metrics.deadLetters,
      breaching: ONCE,
      isPart: true,
    },
    { name: "Errors-publish", ...failing, metric: metrics.publishErrors, breaching: [2, 4] },
    {
      name: "VerdictsRefused",
      chapter: "Verdicts are refused",
      description: "The forge refused the verdict on a commit.",
      metric: metrics.refusedVerdicts,
      // Ticks retry open pull requests once a day, so a lasting cause is one alarm.
      breaching: [1, 30],
    },
    {
      name: "ChecksIncomplete",
      chapter: "Checks do not complete",
      description: "Three checks in an hour did not complete.",
      metric: metrics.incompleteChecks,
      threshold: 3,
      breaching: [1, QUIET_HOURS],
    },
    {
      name: "Errors-receive",
      ...failing,
      metric: metrics.receiveErrors,
      threshold: 2,
      breaching: [1, QUIET_HOURS],
    },
    {
      name: "WebhooksRefused",
      chapter: "Webhooks are refused",
      description: "The forge's webhooks are refused: the secret is wrong. Pushes and pull requests wait for the tick.",
      metric: metrics.refusedWebhooks,
      breaching: [1, QUIET_HOURS / WEBHOOK_PERIOD.toHours()],
    },
    {
      name: "Unannounced",
      chapter: "Webhooks are missing",
      description: "Pushes and pull requests wait for the tick: no webhook is accepted.",
      metric: metrics.missingWebhooks,
      breaching: [2, QUIET_HOURS / WEBHOOK_PERIOD.toHours()],
      isPart: true,
    },
    {
      name: "Throttles",
      chapter: "Functions are throttled",
      description: "The account's concurrency is exhausted.",
      metric: metrics.throttles,
      breaching: [2, 4],
    },
    {
      name: "TicksStopped",
      chapter: "Ticks have stopped",
      description: "Publish has not run for at least half an hour, although a schedule runs it every 15 minutes.",
      metric: metrics.publishRuns,
      ...SILENCE,
    },
    {
      name: "CanaryStopped",
      chapter: "Ticks have stopped",
      description: "The canary has not run for at least two hours, although a schedule runs it every hour.",
      metric: metrics.canaryRuns,
      ...SILENCE,
    },
    {
      name: "PublishLag-queue",
      ...lag,
      description: "A message to publish has waited for 35 minutes.",
      threshold: QUEUE_LAG_SECONDS,
      metric: metrics.queueAge,
      breaching: ONCE,
      isPart: true,
    },
    { name: "PublishLag-release", ...lag, metric: metrics.mergeToRelease, breaching: ONCE, isPart: true },
    {
      name: "EdgeErrors",
      chapter: "Errors at the edge",
      description: "At least 1 % of responses are server errors, or the edge function throws.",
      metric: metrics.edgeErrors,
      breaching: [2, 3],
      isPart: true,
    },
    {
      name: "StoreUnavailable",
      chapter: "Errors at the edge",
      description: "AWS does not answer publish, twice in an hour.",
      metric: metrics.storeUnavailable,
      breaching: [2, 4],
      isPart: true,
    },
    {
      name: "CanaryFails",
      chapter: "The site differs from the signed head",
      description: "The CDN serves content that differs from what was signed.",
      metric: metrics.canaryErrors,
      breaching: [2, 2],
      isPart: true,
    },
    {
      name: "StoreDiffers",
      chapter: "The site differs from the signed head",
      description: "A catalogue or the signed head is not the one that was published.",
      metric: metrics.storeDiffers,
      breaching: [2, 4],
      isPart: true,
    },
    {
      name: "HeadOutOfDate",
      chapter: "The site differs from the signed head",
      description: "The signed head was not renewed, although the function publish has no errors.",
      metric: metrics.outdatedHeads,
      breaching: [2, 2],
      isPart: true,
    },
    {
      name: "AliasesFull",
      chapter: "The KeyValueStore is almost full",
      description: "The aliases take 4 of the 5 MB that the KeyValueStore holds.",
      threshold: 4_000_000,
      metric: metrics.aliasBytes,
      breaching: ONCE,
      // Measured on each publish. The value does not shrink by itself.
      missingData: cloudwatch.TreatMissingData.IGNORE,
    },
    ...(metrics.droppedEvents ? [buildNotStarted(metrics.droppedEvents)] : []),
  ];
}

/** The composite alarms. A suppressing alarm must exist before the alarm that it suppresses. */
export const JOINED_ALARMS: readonly JoinedAlarm[] = [
  {
    name: "DeadLetters",
    chapter: "Dead letters",
    description: "A message failed five times.",
    of: ["DeadLetters-validate"],
    after: { name: "Throttles", until: AFTER_THROTTLES },
  },
  {
    name: "EdgeOrStoreErrors",
    chapter: "Errors at the edge",
    description: "At least 1 % of responses are server errors, the edge function throws, or AWS does not answer publish.",
    of: ["EdgeErrors", "StoreUnavailable"],
  },
  {
    name: "PublishLags",
    chapter: "Publishing lags",
    description: "A merged commit was not released within 15 minutes, or a message to publish has waited for 35.",
    of: ["PublishLag-queue", "PublishLag-release"],
    after: { name: "Throttles", until: TICK },
  },
  {
    name: "WebhooksMissing",
    chapter: "Webhooks are missing",
    description: "Pushes and pull requests wait for the tick: no webhook comes.",
    of: ["Unannounced"],
    // Refused webhooks count as missing, too, and their commits may be found one period later.
    after: { name: "WebhooksRefused", until: Duration.hours(12) },
  },
  {
    name: "SiteDiffers",
    chapter: "The site differs from the signed head",
    description:
      "The CDN serves content that differs from what was signed, a catalogue or the signed head in the store was replaced, or the head is out of date.",
    of: ["CanaryFails", "StoreDiffers", "HeadOutOfDate"],
    // The canary runs every hour and has to fail twice.
    after: { name: "EdgeOrStoreErrors", until: Duration.hours(3) },
  },
];
