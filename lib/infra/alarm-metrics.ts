import { Duration } from "aws-cdk-lib";
import type * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import type * as events from "aws-cdk-lib/aws-events";
import type * as lambda from "aws-cdk-lib/aws-lambda";
import type * as sqs from "aws-cdk-lib/aws-sqs";

/** The resources whose failures raise alarms. */
export interface Watched {
  functions: Record<"receive" | "validate" | "publish" | "canary", lambda.Function>;
  queues: Record<"validate" | "publish", sqs.Queue>;
  /** Messages to `validate` that failed. Those to `publish` have no alarm, because ticks do the work of its failed messages. */
  deadLetters: sqs.Queue;
  distribution: cloudfront.Distribution;
  viewerRequest: cloudfront.Function;
  /** The rule that starts builds to publish. */
  buildRequested?: events.Rule;
}

export const FIVE_MINUTES = Duration.minutes(5);
/** The interval of ticks. */
export const TICK = Duration.minutes(15);
const HOUR = Duration.hours(1);

export const MAXIMUM_OF_FIVE_MINUTES = { statistic: cloudwatch.Stats.MAXIMUM, period: FIVE_MINUTES };
const sumOf = (period: Duration) => ({ statistic: cloudwatch.Stats.SUM, period });

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
export const WEBHOOK_PERIOD = Duration.hours(6);

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

/** Counts events that were dropped, not each attempt: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
const droppedEvents = ({ ruleName: RuleName }: events.Rule): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: "AWS/Events",
    metricName: "FailedInvocations",
    dimensionsMap: { RuleName },
    ...sumOf(HOUR),
    label: "not started",
  });

/** The metrics that alarms watch. */
export const alarmMetrics = ({ functions, queues, deadLetters, distribution, viewerRequest, buildRequested }: Watched) => ({
  deadLetters: deadLetters.metricApproximateNumberOfMessagesVisible(MAXIMUM_OF_FIVE_MINUTES),
  publishErrors: functions.publish.metricErrors(sumOf(TICK)),
  refusedVerdicts: sumOfFunctions("RefusedVerdicts", { validate: functions.validate, publish: functions.publish }),
  incompleteChecks: incompleteChecks(functions.validate),
  receiveErrors: functions.receive.metric("Url5xxCount", sumOf(HOUR)),
  refusedWebhooks: refusedWebhooks(functions),
  missingWebhooks: missingWebhooks(functions),
  throttles: throttles(functions),
  publishRuns: attempts("runs", functions.publish, TICK),
  canaryRuns: attempts("canaryRuns", functions.canary, HOUR),
  queueAge: queues.publish.metricApproximateAgeOfOldestMessage(MAXIMUM_OF_FIVE_MINUTES),
  mergeToRelease: ownMetric("MergeToRelease", functions.publish, { ...MAXIMUM_OF_FIVE_MINUTES, label: "merge to release" }),
  edgeErrors: edgeErrors(distribution, viewerRequest),
  storeUnavailable: ownMetric("StoreUnavailable", functions.publish, { ...sumOf(TICK), label: "AWS does not answer" }),
  canaryErrors: functions.canary.metricErrors({ ...sumOf(HOUR), label: "the site differs" }),
  storeDiffers: ownMetric("StoreDiffers", functions.publish, { ...sumOf(TICK), label: "the store differs" }),
  outdatedHeads: outdatedHeads(functions),
  aliasBytes: ownMetric("AliasBytes", functions.publish, { ...MAXIMUM_OF_FIVE_MINUTES, label: "bytes of aliases" }),
  droppedEvents: buildRequested && droppedEvents(buildRequested),
});
