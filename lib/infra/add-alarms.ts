import { Duration, Stack } from "aws-cdk-lib";
import type * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type * as events from "aws-cdk-lib/aws-events";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as lambda from "aws-cdk-lib/aws-lambda";
import * as sns from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type * as sqs from "aws-cdk-lib/aws-sqs";

interface Watched {
  functions: Record<"receive" | "validate" | "publish" | "canary", lambda.Function>;
  queues: Record<"validate" | "publish", sqs.Queue>;
  /** Messages to `validate` that failed. Those to `publish` have no alarm, because ticks do the work of its failed messages. */
  deadLetters: sqs.Queue;
  distribution: cloudfront.Distribution;
  viewerRequest: cloudfront.Function;
  /** The rule that starts builds to publish. */
  buildRequested?: events.Rule;
  email?: string;
}

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

const FIVE_MINUTES = Duration.minutes(5);
/** The interval of ticks. */
const TICK = Duration.minutes(15);
const HOUR = Duration.hours(1);
/** Maximum time from a merge to its release before an alarm. */
const LAG_SECONDS = 15 * 60;
/**
 * Maximum age of a message to publish before an alarm: more than two visibility timeouts (lib/infra/add-queue.ts), within which a timed-out
 * run has been retried.
 */
const QUEUE_LAG_SECONDS = 35 * 60;

const maximum = { statistic: cloudwatch.Stats.MAXIMUM, period: FIVE_MINUTES };
const sumOf = (period: Duration) => ({ statistic: cloudwatch.Stats.SUM, period });
const ONCE: AlarmRule["breaching"] = [1, 1];
/** Webhooks and checks occur when people work. Their alarms last over a weekend. */
const QUIET_HOURS = 72;
/**
 * How long dead letters may outlast throttles. SQS counts a delivery that Lambda throttles, so messages to validate become dead letters
 * without a run. A person has this time to move them back.
 */
const AFTER_THROTTLES = Duration.days(3);

function edgeMetric(metricName: string, dimensions: Record<string, string>, statistic: string, label: string): cloudwatch.Metric {
  const dimensionsMap = { ...dimensions, Region: "Global" };
  return new cloudwatch.Metric({ namespace: "AWS/CloudFront", metricName, dimensionsMap, statistic, period: FIVE_MINUTES, label });
}

/** Errors of the edge function and the share of error responses, in one metric, because the former cause the latter. */
function edgeErrors(distribution: cloudfront.Distribution, viewerRequest: cloudfront.Function): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    expression: "MAX([FILL(answers, 0), IF(FILL(thrown, 0) >= 1, 100, 0)])",
    usingMetrics: {
      answers: edgeMetric("5xxErrorRate", { DistributionId: distribution.distributionId }, cloudwatch.Stats.AVERAGE, "5xx, percent"),
      thrown: edgeMetric("FunctionExecutionErrors", { FunctionName: viewerRequest.functionName }, cloudwatch.Stats.SUM, "errors"),
    },
    period: FIVE_MINUTES,
    label: "5xx, percent",
  });
}

/** A custom metric of a function. */
const ownMetric = (metricName: string, { functionName }: lambda.Function, more: cloudwatch.MetricOptions): cloudwatch.Metric =>
  new cloudwatch.Metric({ namespace: "Factpress", metricName, dimensionsMap: { service: "factpress", function: functionName }, ...more });

/**
 * How often the canary found the head outdated, in hours in which the function publish ran without errors, which have their own alarms.
 * Failures that are counted as `StoreUnavailable` or `StoreDiffers` are not errors of the function: `SiteDiffers` joins those alarms.
 */
function outdatedHeads({ canary, publish }: Watched["functions"]): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    expression: "IF(FILL(failures, 0) >= 2 OR FILL(published, 0) < 1, 0, FILL(outdated, 0))",
    usingMetrics: {
      outdated: ownMetric("HeadOutOfDate", canary, sumOf(HOUR)),
      failures: publish.metricErrors(sumOf(HOUR)),
      published: publish.metricInvocations(sumOf(HOUR)),
    },
    period: HOUR,
    label: "the head is out of date",
  });
}

/**
 * Checks that did not complete. Of those that ran out of time or memory, the errors are counted, three of which end a check: their verdict
 * would also be counted if the deliveries had been throttled, which has its own alarm.
 */
function incompleteChecks(validate: lambda.Function): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    expression: "FILL(incomplete, 0) + FILL(aborted, 0) / 3",
    usingMetrics: { incomplete: ownMetric("Incomplete", validate, sumOf(HOUR)), aborted: validate.metricErrors(sumOf(HOUR)) },
    period: HOUR,
    label: "incomplete checks",
  });
}

/** The sum of a metric over several functions. */
function sumOfFunctions(metricName: string, functions: Record<string, lambda.Function>): cloudwatch.MathExpression {
  const metrics = Object.entries(functions).map(([name, one]) => [`${name}Refused`, ownMetric(metricName, one, sumOf(HOUR))]);
  const usingMetrics = Object.fromEntries(metrics) as Record<string, cloudwatch.Metric>;
  return new cloudwatch.MathExpression({ expression: "SUM(METRICS())", usingMetrics, period: HOUR, label: "refused verdicts" });
}

/** A push and its webhook may be in different hours, and a tick finds the push up to 15 minutes later. */
const WEBHOOK_PERIOD = Duration.hours(6);

/** Of six hours: what only a tick found, the requests to the address, and those that were refused, which anyone can send. */
const webhookMetrics = ({ receive, publish }: Watched["functions"]) => ({
  unannounced: ownMetric("Unannounced", publish, sumOf(WEBHOOK_PERIOD)),
  requests: receive.metric("UrlRequestCount", sumOf(WEBHOOK_PERIOD)),
  refused: receive.metric("Url4xxCount", sumOf(WEBHOOK_PERIOD)),
});

/**
 * Pushes and pull requests that only a tick found in six hours without an accepted webhook. A push and its webhook may be in different
 * periods, so the alarm needs two such periods.
 */
const missingWebhooks = (functions: Watched["functions"]): cloudwatch.MathExpression =>
  new cloudwatch.MathExpression({
    expression: "IF(FILL(requests, 0) - FILL(refused, 0) >= 1, 0, FILL(unannounced, 0))",
    usingMetrics: webhookMetrics(functions),
    period: WEBHOOK_PERIOD,
    label: "pushes without a webhook",
  });

/**
 * 1 for six hours in which at least three webhooks had a wrong signature, none was accepted, and a tick found a push or a pull request that
 * a webhook should have announced: the secret is wrong. Anyone can send webhooks with a wrong signature, but not prevent the right ones.
 */
const refusedWebhooks = (functions: Watched["functions"]): cloudwatch.MathExpression =>
  new cloudwatch.MathExpression({
    expression: "IF(FILL(wrong, 0) >= 3 AND FILL(requests, 0) - FILL(refused, 0) < 1 AND FILL(unannounced, 0) >= 1, 1, 0)",
    usingMetrics: { wrong: ownMetric("WrongSignature", functions.receive, sumOf(WEBHOOK_PERIOD)), ...webhookMetrics(functions) },
    period: WEBHOOK_PERIOD,
    label: "every webhook refused",
  });

/** Throttles of functions without reserved concurrency. Beyond reserved concurrency, throttling is intended. */
function throttles(functions: Watched["functions"]): cloudwatch.MathExpression {
  const sharing = Object.entries(functions).filter(([, { node }]) => !isReserved(node.defaultChild as lambda.CfnFunction));
  const usingMetrics = Object.fromEntries(sharing.map(([name, one]) => [name, one.metricThrottles(sumOf(TICK))]));
  return new cloudwatch.MathExpression({ expression: "SUM(METRICS())", usingMetrics, period: TICK, label: "throttles" });
}

const isReserved = ({ reservedConcurrentExecutions }: lambda.CfnFunction): boolean => reservedConcurrentExecutions !== undefined;

/**
 * Runs of a function, including those that were throttled, which have their own alarm. Without runs, Lambda reports no data. The id must be
 * unique in a graph.
 */
const attempts = (id: string, one: lambda.Function, period: Duration): cloudwatch.MathExpression =>
  new cloudwatch.MathExpression({
    expression: `SUM([${id}, ${id}Throttled])`,
    usingMetrics: { [id]: one.metricInvocations(sumOf(period)), [`${id}Throttled`]: one.metricThrottles(sumOf(period)) },
    period,
    label: "runs",
  });

/**
 * The alarm of a schedule that has stopped: it changes to INSUFFICIENT_DATA. That is also the state of a new alarm, so a new stack sends no
 * mail before its first tick: actions follow a change of the state
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html, InsufficientDataActions). If missing data were
 * breaching, each new stack would send one. CloudWatch looks at a few more periods than these before it takes data for missing.
 */
const SILENCE = { breaching: [2, 2], isAboutSilence: true, missingData: cloudwatch.TreatMissingData.MISSING } satisfies Partial<AlarmRule>;

/** Counts events that were dropped, not each attempt: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
const buildNotStarted = ({ ruleName: RuleName }: events.Rule): AlarmRule => ({
  name: "BuildNotStarted",
  chapter: "A build does not start",
  description: "For an hour, no build could be started that publishes a large dataset.",
  metric: new cloudwatch.Metric({
    namespace: "AWS/Events",
    metricName: "FailedInvocations",
    dimensionsMap: { RuleName },
    ...sumOf(HOUR),
    label: "not started",
  }),
  // The next attempt comes after two and a half hours (lambdas/publish/large-build.ts).
  breaching: [1, 6],
});

function alarmRules({ functions, queues, deadLetters, distribution, viewerRequest, buildRequested }: Watched): AlarmRule[] {
  const released = ownMetric("MergeToRelease", functions.publish, { ...maximum, label: "merge to release" });
  const aliasBytes = ownMetric("AliasBytes", functions.publish, { ...maximum, label: "bytes of aliases" });
  const lag = { chapter: "Publishing lags", description: "A merged commit was not released within 15 minutes.", threshold: LAG_SECONDS };
  const failing = { chapter: "A function fails", description: "A function threw an error or ran out of time or memory, twice in an hour." };
  return [
    {
      name: "DeadLetters-validate",
      chapter: "Dead letters",
      description: "A message failed five times.",
      metric: deadLetters.metricApproximateNumberOfMessagesVisible(maximum),
      breaching: ONCE,
      isPart: true,
    },
    { name: "Errors-publish", ...failing, metric: functions.publish.metricErrors(sumOf(TICK)), breaching: [2, 4] },
    {
      name: "VerdictsRefused",
      chapter: "Verdicts are refused",
      description: "The forge refused the verdict on a commit.",
      metric: sumOfFunctions("RefusedVerdicts", { validate: functions.validate, publish: functions.publish }),
      // Ticks retry open pull requests once a day, so a lasting cause is one alarm.
      breaching: [1, 30],
    },
    {
      name: "ChecksIncomplete",
      chapter: "Checks do not complete",
      description: "Three checks in an hour did not complete.",
      metric: incompleteChecks(functions.validate),
      threshold: 3,
      breaching: [1, QUIET_HOURS],
    },
    {
      name: "Errors-receive",
      ...failing,
      metric: functions.receive.metric("Url5xxCount", sumOf(HOUR)),
      threshold: 2,
      breaching: [1, QUIET_HOURS],
    },
    {
      name: "WebhooksRefused",
      chapter: "Webhooks are refused",
      description: "The forge's webhooks are refused: the secret is wrong. Pushes and pull requests wait for the tick.",
      metric: refusedWebhooks(functions),
      breaching: [1, QUIET_HOURS / WEBHOOK_PERIOD.toHours()],
    },
    {
      name: "Unannounced",
      chapter: "Webhooks are missing",
      description: "Pushes and pull requests wait for the tick: no webhook is accepted.",
      metric: missingWebhooks(functions),
      breaching: [2, QUIET_HOURS / WEBHOOK_PERIOD.toHours()],
      isPart: true,
    },
    {
      name: "Throttles",
      chapter: "Functions are throttled",
      description: "The account's concurrency is exhausted.",
      metric: throttles(functions),
      breaching: [2, 4],
    },
    {
      name: "TicksStopped",
      chapter: "Ticks have stopped",
      description: "Publish has not run for at least half an hour, although a schedule runs it every 15 minutes.",
      metric: attempts("runs", functions.publish, TICK),
      ...SILENCE,
    },
    {
      name: "CanaryStopped",
      chapter: "Ticks have stopped",
      description: "The canary has not run for at least two hours, although a schedule runs it every hour.",
      metric: attempts("canaryRuns", functions.canary, HOUR),
      ...SILENCE,
    },
    {
      name: "PublishLag-queue",
      ...lag,
      description: "A message to publish has waited for 35 minutes.",
      threshold: QUEUE_LAG_SECONDS,
      metric: queues.publish.metricApproximateAgeOfOldestMessage(maximum),
      breaching: ONCE,
      isPart: true,
    },
    { name: "PublishLag-release", ...lag, metric: released, breaching: ONCE, isPart: true },
    {
      name: "EdgeErrors",
      chapter: "Errors at the edge",
      description: "At least 1 % of responses are server errors, or the edge function throws.",
      metric: edgeErrors(distribution, viewerRequest),
      breaching: [2, 3],
      isPart: true,
    },
    {
      name: "StoreUnavailable",
      chapter: "Errors at the edge",
      description: "AWS does not answer publish, twice in an hour.",
      metric: ownMetric("StoreUnavailable", functions.publish, { ...sumOf(TICK), label: "AWS does not answer" }),
      breaching: [2, 4],
      isPart: true,
    },
    {
      name: "CanaryFails",
      chapter: "The site differs from the signed head",
      description: "The CDN serves content that differs from what was signed.",
      metric: functions.canary.metricErrors({ ...sumOf(HOUR), label: "the site differs" }),
      breaching: [2, 2],
      isPart: true,
    },
    {
      name: "StoreDiffers",
      chapter: "The site differs from the signed head",
      description: "A catalogue or the signed head is not the one that was published.",
      metric: ownMetric("StoreDiffers", functions.publish, { ...sumOf(TICK), label: "the store differs" }),
      breaching: [2, 4],
      isPart: true,
    },
    {
      name: "HeadOutOfDate",
      chapter: "The site differs from the signed head",
      description: "The signed head was not renewed, although the function publish has no errors.",
      metric: outdatedHeads(functions),
      breaching: [2, 2],
      isPart: true,
    },
    {
      name: "AliasesFull",
      chapter: "The KeyValueStore is almost full",
      description: "The aliases take 4 of the 5 MB that the KeyValueStore holds.",
      threshold: 4_000_000,
      metric: aliasBytes,
      breaching: ONCE,
      // Measured on each publish. The value does not shrink by itself.
      missingData: cloudwatch.TreatMissingData.IGNORE,
    },
    ...(buildRequested ? [buildNotStarted(buildRequested)] : []),
  ];
}

/** A suppressing alarm must exist before the alarm that it suppresses. */
const JOINED: readonly JoinedAlarm[] = [
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

/** A topic that CloudWatch may publish to. */
function addTopic(stack: Stack, email: string | undefined): sns.Topic {
  const topic = new sns.Topic(stack, "AlarmTopic", { displayName: "Factpress", enforceSSL: true });
  // `enforceSSL` replaces the default policy, which lets alarms publish.
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: "Alarms",
      principals: [new iam.ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": stack.account } },
    }),
  );
  if (email) topic.addSubscription(new EmailSubscription(email));
  return topic;
}

/** Adds the alarms, each with a chapter in docs/runbook.md, and a dashboard of their metrics. A lasting cause sends one mail. */
export function addAlarms(stack: Stack, watched: Watched): void {
  const { functions, queues, email } = watched;
  const topic = addTopic(stack, email);
  const rules = alarmRules(watched);
  const action = new SnsAction(topic);
  const alarms = new Map<string, cloudwatch.AlarmBase>();
  for (const { name, chapter, description, metric, threshold = 1, breaching, missingData, isAboutSilence, isPart } of rules) {
    const [datapointsToAlarm, evaluationPeriods] = breaching;
    const alarm = new cloudwatch.Alarm(stack, name, {
      metric,
      threshold,
      evaluationPeriods,
      datapointsToAlarm,
      comparisonOperator: isAboutSilence
        ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
        : cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missingData ?? cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: `${description} docs/runbook.md, "${chapter}".`,
    });
    if (!isPart) alarm.addAlarmAction(action);
    if (isAboutSilence) alarm.addInsufficientDataAction(action);
    alarms.set(name, alarm);
  }
  for (const { name, chapter, description, of, after } of JOINED) {
    const raised = (part: string): cloudwatch.IAlarmRule =>
      cloudwatch.AlarmRule.fromAlarm(alarms.get(part) as cloudwatch.AlarmBase, cloudwatch.AlarmState.ALARM);
    const suppressor = after && {
      actionsSuppressor: alarms.get(after.name) as cloudwatch.AlarmBase,
      actionsSuppressorWaitPeriod: FIVE_MINUTES,
      actionsSuppressorExtensionPeriod: after.until,
    };
    const composite = new cloudwatch.CompositeAlarm(stack, name, {
      alarmRule: cloudwatch.AlarmRule.anyOf(...of.map(raised)),
      alarmDescription: `${description} docs/runbook.md, "${chapter}".`,
      ...suppressor,
    });
    composite.addAlarmAction(action);
    alarms.set(name, composite);
  }
  const graph = (title: string, left: cloudwatch.IMetric[]): cloudwatch.GraphWidget =>
    new cloudwatch.GraphWidget({ title, left, width: 12, leftYAxis: { min: 0 } });
  const chapters = [...new Set(rules.map(({ chapter }) => chapter))];
  new cloudwatch.Dashboard(stack, "Dashboard", {
    dashboardName: Stack.of(stack).stackName,
    widgets: [
      chapters.map((chapter) =>
        graph(
          chapter,
          rules.filter((rule) => rule.chapter === chapter).map(({ metric }) => metric),
        ),
      ),
      [
        graph(
          "Queues",
          Object.values(queues).map((queue) => queue.metricApproximateNumberOfMessagesVisible(maximum)),
        ),
        graph(
          "Durations",
          Object.values(functions).map((one) => one.metricDuration(maximum)),
        ),
      ],
    ],
  });
}
