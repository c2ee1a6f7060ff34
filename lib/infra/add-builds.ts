import { Duration, type Stack } from "aws-cdk-lib";
import type * as codebuild from "aws-cdk-lib/aws-codebuild";
import * as events from "aws-cdk-lib/aws-events";
import * as targets from "aws-cdk-lib/aws-events-targets";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as lambda from "aws-cdk-lib/aws-lambda";
import type * as logs from "aws-cdk-lib/aws-logs";
import type * as s3 from "aws-cdk-lib/aws-s3";
import type * as sqs from "aws-cdk-lib/aws-sqs";
import { BUILD_REQUEST_OBJECT_KEY, CHECK_REQUESTS, REQUEST_VARIABLE } from "../contract/build-request-object-key.ts";
import type { Settings } from "../contract/setting-name.ts";
import { addBuild, addBuildAsset } from "./add-build.ts";
import type { catalogueReader } from "./catalogue-reader.ts";
import type { BuildCompute } from "./stack-settings.ts";

/** Final statuses of a build: https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html */
const ENDS = ["SUCCEEDED", "FAILED", "FAULT", "TIMED_OUT", "STOPPED"];

/** Timeout of a publish build. Less than the lease of a started request (lambdas/publish/large-build.ts). */
const PUBLISH_TIMEOUT = Duration.hours(4);
/** Maximum time to start a build, and maximum time in CodeBuild's queue. Together less than the lease of a request that has not started. */
const PUBLISH_WAIT = Duration.hours(1);
const QUEUED_TIMEOUT = Duration.hours(1);

/** Deadline of a check build. The largest dataset and its base take about six minutes, besides the clone (docs/limits.md). */
const CHECK_DEADLINE = Duration.minutes(15);
const CHECK_TIMEOUT = Duration.minutes(20);
/**
 * How long a request waits for other builds until `validate` is notified, which re-sends it for up to two hours. In total, waiting,
 * queueing and the build take less than the lease of a request (lambdas/validate/request-check-build.ts).
 */
const CHECK_WAIT = Duration.minutes(15);

const field = events.EventField.fromPath;

interface BuildsProps {
  compute: BuildCompute;
  retention: logs.RetentionDays;
  bucket: s3.Bucket;
  /** Environment and permissions of a publish build. */
  publish: { environment: Settings; statements: iam.PolicyStatement[] };
  /** Environment of a check build. It may read its request and, like `validate`, catalogues. */
  check: { environment: Settings; catalogues: ReturnType<typeof catalogueReader> };
}

export interface Builds {
  publish: codebuild.Project;
  check: codebuild.Project;
  /** Environment and permissions of `validate`, which writes requests and reads results. */
  validate: { environment: Settings; statements: iam.PolicyStatement[] };
}

/** Event pattern for an object created in the bucket, by key or prefix. */
const requested = (bucket: s3.Bucket, key: string | { prefix: string }): events.EventPattern => ({
  source: ["aws.s3"],
  detailType: ["Object Created"],
  detail: { bucket: { name: [bucket.bucketName] }, object: { key: [key] } },
});

const ended = (project: codebuild.Project): events.EventPattern => ({
  source: ["aws.codebuild"],
  detailType: ["CodeBuild Build State Change"],
  detail: { "project-name": [project.projectName], "build-status": ENDS },
});

/**
 * The quota may be one machine of each size (https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html). With a different size for
 * checks, untrusted pull requests do not delay releases. Checks need the least memory.
 */
const checkCompute = (publishing: BuildCompute): BuildCompute => (publishing === "small" ? "medium" : "small");

/**
 * Adds the builds for datasets too large for a function. Publish builds have the write permissions of `publish`; check builds may write
 * only their log.
 */
export function addBuilds(stack: Stack, { compute, retention, bucket, publish, check }: BuildsProps): Builds {
  const notifications = { EventBridgeConfiguration: { EventBridgeEnabled: true } };
  (bucket.node.defaultChild as s3.CfnBucket).addPropertyOverride("NotificationConfiguration", notifications);
  const common = { asset: addBuildAsset(stack), retention, queuedTimeout: QUEUED_TIMEOUT };
  const publishing = addBuild(stack, "Build", {
    ...common,
    ...publish,
    compute,
    description: "Publishes datasets that are too large for a function (docs/limits.md)",
    program: "publish",
    deadline: PUBLISH_TIMEOUT,
    timeout: PUBLISH_TIMEOUT,
  });
  const requests = bucket.arnForObjects(`${CHECK_REQUESTS}*`);
  const checking = addBuild(stack, "Check", {
    ...common,
    compute: checkCompute(compute),
    description: "Checks commits that are too large for a function (docs/limits.md)",
    program: "check",
    deadline: CHECK_DEADLINE,
    timeout: CHECK_TIMEOUT,
    environment: { ...check.environment, ...check.catalogues.environment },
    statements: [...check.catalogues.statements, new iam.PolicyStatement({ actions: ["s3:GetObject"], resources: [requests] })],
  });
  return {
    publish: publishing.project,
    check: checking.project,
    validate: {
      environment: { LARGE_BUILDS: "true", CHECK_LOG_GROUP: checking.logGroup.logGroupName },
      statements: [
        new iam.PolicyStatement({ actions: ["s3:GetObject", "s3:PutObject"], resources: [requests] }),
        new iam.PolicyStatement({ actions: ["logs:GetLogEvents"], resources: [checking.logGroup.logGroupArn] }),
      ],
    },
  };
}

interface BuildRulesProps {
  bucket: s3.Bucket;
  publish: lambda.Function;
  validate: lambda.Function;
  validateQueue: sqs.Queue;
}

/**
 * Adds the rules by which a request in the store starts a build and the end of the build is sent to the requesting function. Returns the
 * rule that starts publish builds.
 */
export function addBuildRules(
  stack: Stack,
  { publish, check }: Builds,
  { bucket, publish: publishFunction, validate, validateQueue }: BuildRulesProps,
): events.Rule {
  const buildRequested = new events.Rule(stack, "BuildRequested", {
    description: "Starts a build when publish asks for one",
    eventPattern: requested(bucket, BUILD_REQUEST_OBJECT_KEY),
    targets: [
      new targets.CodeBuildProject(publish, {
        event: events.RuleTargetInput.fromObject({}),
        maxEventAge: PUBLISH_WAIT,
        retryAttempts: 185,
      }),
    ],
  });
  new events.Rule(stack, "BuildEnded", {
    description: "Has publish report what a build did",
    eventPattern: ended(publish),
    targets: [
      new targets.LambdaFunction(publishFunction, {
        event: events.RuleTargetInput.fromObject({ buildEnded: field("$.detail.build-status"), at: events.EventField.time }),
        retryAttempts: 0,
      }),
    ],
  });
  const checkRequested = new events.Rule(stack, "CheckRequested", {
    description: "Starts a build when validate asks for one",
    eventPattern: requested(bucket, { prefix: CHECK_REQUESTS }),
    targets: [
      new targets.CodeBuildProject(check, {
        event: events.RuleTargetInput.fromObject({
          environmentVariablesOverride: [{ name: REQUEST_VARIABLE, type: "PLAINTEXT", value: field("$.detail.object.key") }],
        }),
        // Builds run one at a time. EventBridge retries starting further builds until then.
        maxEventAge: CHECK_WAIT,
        retryAttempts: 185,
        deadLetterQueue: validateQueue,
      }),
    ],
  });
  // Anyone who may start builds of the project can make them print any result. Their results are rejected.
  validate.addEnvironment("CHECK_RULE", checkRequested.ruleName);
  new events.Rule(stack, "CheckEnded", {
    description: "Has validate report what a build found",
    eventPattern: ended(check),
    targets: [
      new targets.SqsQueue(validateQueue, {
        // The whole event: a build that never ran has no log.
        message: events.RuleTargetInput.fromObject({ checkEnded: field("$.detail") }),
      }),
    ],
  });
  return buildRequested;
}
