import { Stack } from "aws-cdk-lib";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import * as iam from "aws-cdk-lib/aws-iam";
import * as sns from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { FIVE_MINUTES, MAXIMUM_OF_FIVE_MINUTES, type Watched } from "./alarm-metrics.ts";
import { alarmRules, JOINED_ALARMS } from "./alarm-rules.ts";

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
export function addAlarms(stack: Stack, watched: Watched & { email?: string }): void {
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
  for (const { name, chapter, description, of, after } of JOINED_ALARMS) {
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
          Object.values(queues).map((queue) => queue.metricApproximateNumberOfMessagesVisible(MAXIMUM_OF_FIVE_MINUTES)),
        ),
        graph(
          "Durations",
          Object.values(functions).map((one) => one.metricDuration(MAXIMUM_OF_FIVE_MINUTES)),
        ),
      ],
    ],
  });
}
