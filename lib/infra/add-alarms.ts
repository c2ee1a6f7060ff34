import { Duration, Stack } from "aws-cdk-lib";
import type * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as lambda from "aws-cdk-lib/aws-lambda";
import * as sns from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type * as sqs from "aws-cdk-lib/aws-sqs";

interface Watched {
  functions: Record<"receive" | "validate" | "publish", lambda.Function>;
  queues: Record<"validate" | "publish", sqs.Queue>;
  deadLetters: Record<"validate" | "publish", sqs.Queue>;
  distribution: cloudfront.Distribution;
  email?: string;
}

const FIVE_MINUTES = Duration.minutes(5);
/** Maximum time from a merge to its release before an alarm. */
const LAG_SECONDS = 15 * 60;

/** Adds the alarms, each with a chapter in docs/runbook.md, and a dashboard of their metrics. */
export function addAlarms(stack: Stack, { functions, queues, deadLetters, distribution, email }: Watched): void {
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
  const graphs: cloudwatch.IWidget[] = [];
  const alarm = (name: string, chapter: string, metrics: cloudwatch.IMetric[], threshold: number, description: string): void => {
    graphs.push(new cloudwatch.GraphWidget({ title: chapter, left: metrics, width: 12, leftYAxis: { min: 0 } }));
    for (const [i, metric] of metrics.entries()) {
      const made = new cloudwatch.Alarm(stack, `${name}${metrics.length > 1 ? i + 1 : ""}`, {
        metric,
        threshold,
        evaluationPeriods: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
        alarmDescription: `${description} docs/runbook.md, "${chapter}".`,
      });
      made.addAlarmAction(new SnsAction(topic));
      made.addOkAction(new SnsAction(topic));
    }
  };
  const maximum = { statistic: cloudwatch.Stats.MAXIMUM, period: FIVE_MINUTES };
  const sum = { statistic: cloudwatch.Stats.SUM, period: FIVE_MINUTES };
  alarm(
    "DeadLetters",
    "Dead letters",
    Object.values(deadLetters).map((queue) => queue.metricApproximateNumberOfMessagesVisible(maximum)),
    1,
    "A message failed three times.",
  );
  alarm(
    "Errors",
    "A function fails",
    Object.values(functions).map((each) => each.metricErrors(sum)),
    1,
    "A function threw an error or ran out of time or memory.",
  );
  const released = new cloudwatch.Metric({
    namespace: "Factpress",
    metricName: "MergeToRelease",
    dimensionsMap: { service: "factpress" },
    ...maximum,
    label: "merge to release",
  });
  alarm(
    "PublishLag",
    "Publishing lags",
    [queues.publish.metricApproximateAgeOfOldestMessage(maximum), released],
    LAG_SECONDS,
    "A merged commit was not released within 15 minutes.",
  );
  const edge = new cloudwatch.Metric({
    namespace: "AWS/CloudFront",
    metricName: "5xxErrorRate",
    dimensionsMap: { DistributionId: distribution.distributionId, Region: "Global" },
    statistic: cloudwatch.Stats.AVERAGE,
    period: FIVE_MINUTES,
    label: "5xx, percent",
  });
  alarm("EdgeErrors", "Errors at the edge", [edge], 1, "At least 1 % of responses are server errors.");
  new cloudwatch.Dashboard(stack, "Dashboard", {
    dashboardName: Stack.of(stack).stackName,
    widgets: [
      graphs,
      [
        new cloudwatch.GraphWidget({
          title: "Queues",
          left: Object.values(queues).map((queue) => queue.metricApproximateNumberOfMessagesVisible(maximum)),
          width: 12,
        }),
        new cloudwatch.GraphWidget({
          title: "Durations",
          left: Object.values(functions).map((each) => each.metricDuration(maximum)),
          width: 12,
        }),
      ],
    ],
  });
}
