import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AssetHashType, DockerImage, Duration, RemovalPolicy, type Stack } from "aws-cdk-lib";
import * as codebuild from "aws-cdk-lib/aws-codebuild";
import * as events from "aws-cdk-lib/aws-events";
import * as targets from "aws-cdk-lib/aws-events-targets";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as lambda from "aws-cdk-lib/aws-lambda";
import * as logs from "aws-cdk-lib/aws-logs";
import type * as s3 from "aws-cdk-lib/aws-s3";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import { BUILD_REQUEST_KEY } from "../contract/build-request-key.ts";
import { projectFile } from "./project-file.ts";
import type { BuildCompute } from "./settings.ts";

interface LargeBuildProps {
  compute: BuildCompute;
  retention: logs.RetentionDays;
  bucket: s3.Bucket;
  publish: lambda.Function;
  environment: Record<string, string>;
  statements: iam.PolicyStatement[];
}

/** Sizes of CodeBuild's ARM machines, and what of their memory a run of the program may use. The rest is for buffers and git. */
const COMPUTE: Record<BuildCompute, { type: codebuild.ComputeType; heapMB: number }> = {
  small: { type: codebuild.ComputeType.SMALL, heapMB: 2_048 },
  medium: { type: codebuild.ComputeType.MEDIUM, heapMB: 5_120 },
  large: { type: codebuild.ComputeType.LARGE, heapMB: 11_264 },
};

/** Together less than the lease of a request (lambdas/publish/large-build.ts). */
const TIMEOUT = Duration.hours(4);
const QUEUED_TIMEOUT = Duration.hours(1);

/** How a build may end: https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html */
const ENDS = ["SUCCEEDED", "FAILED", "FAULT", "TIMED_OUT", "STOPPED"];

/** The packaged program, and the one that a build runs around it. Nothing has to be installed. */
function packProgram(folder: string): boolean {
  const pack = ["--import", "tsx", projectFile("bin/pack.ts"), join(folder, "dist"), "lambdas/build/program.ts"];
  execFileSync(process.execPath, pack, { cwd: projectFile("."), stdio: ["ignore", "ignore", "inherit"] });
  mkdirSync(join(folder, "bin"));
  copyFileSync(projectFile("bin/factpress.js"), join(folder, "bin/factpress.js"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}\n');
  return true;
}

const programAsset = (stack: Stack): Asset =>
  new Asset(stack, "BuildProgram", {
    path: projectFile("lambdas/build"),
    assetHashType: AssetHashType.OUTPUT,
    // The image is for where local bundling cannot be done; here it always can.
    bundling: { image: DockerImage.fromRegistry("none"), local: { tryBundle: packProgram } },
  });

/** Builds that publish what is larger than a function carries: a request in the store starts one, and its end runs `publish`. */
export function addLargeBuilds(stack: Stack, { compute, retention, bucket, publish, environment, statements }: LargeBuildProps): void {
  const program = programAsset(stack);
  const logGroup = new logs.LogGroup(stack, "BuildLog", { retention, removalPolicy: RemovalPolicy.DESTROY });
  const role = new iam.Role(stack, "BuildRole", { assumedBy: new iam.ServicePrincipal("codebuild.amazonaws.com") });
  role.addToPolicy(new iam.PolicyStatement({ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [logGroup.logGroupArn] }));
  // What CodeBuild needs of a source in S3: https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
  const source = program.bucket.arnForObjects(program.s3ObjectKey);
  role.addToPolicy(new iam.PolicyStatement({ actions: ["s3:GetObject", "s3:GetObjectVersion"], resources: [source] }));
  const identity = ["s3:GetBucketAcl", "s3:GetBucketLocation"];
  role.addToPolicy(new iam.PolicyStatement({ actions: identity, resources: [program.bucket.bucketArn] }));
  for (const statement of statements) role.addToPolicy(statement);
  const { type: computeType, heapMB } = COMPUTE[compute];
  const project = new codebuild.Project(stack, "Build", {
    description: "Publishes datasets that are larger than a function carries (docs/limits.md)",
    role: role.withoutPolicyUpdates(),
    source: codebuild.Source.s3({ bucket: program.bucket, path: program.s3ObjectKey }),
    environment: { buildImage: codebuild.LinuxArmBuildImage.AMAZON_LINUX_2023_STANDARD_3_0, computeType },
    environmentVariables: Object.fromEntries(
      Object.entries({
        ...environment,
        FACTPRESS_DEADLINE: String(TIMEOUT.toSeconds()),
        FACTPRESS_MEMORY: String(heapMB),
      }).map(([name, value]) => [name, { value }]),
    ),
    buildSpec: codebuild.BuildSpec.fromObject({
      version: 0.2,
      phases: { install: { "runtime-versions": { nodejs: 22 } }, build: { commands: ["node dist/program.js"] } },
    }),
    timeout: TIMEOUT,
    queuedTimeout: QUEUED_TIMEOUT,
    concurrentBuildLimit: 1,
    logging: { cloudWatch: { logGroup } },
  });

  const notifications = { EventBridgeConfiguration: { EventBridgeEnabled: true } };
  (bucket.node.defaultChild as s3.CfnBucket).addPropertyOverride("NotificationConfiguration", notifications);
  new events.Rule(stack, "BuildRequested", {
    description: "Starts a build when publish asks for one",
    eventPattern: {
      source: ["aws.s3"],
      detailType: ["Object Created"],
      detail: { bucket: { name: [bucket.bucketName] }, object: { key: [BUILD_REQUEST_KEY] } },
    },
    targets: [new targets.CodeBuildProject(project, { event: events.RuleTargetInput.fromObject({}) })],
  });
  new events.Rule(stack, "BuildEnded", {
    description: "Has publish report what a build did",
    eventPattern: {
      source: ["aws.codebuild"],
      detailType: ["CodeBuild Build State Change"],
      detail: { "project-name": [project.projectName], "build-status": ENDS },
    },
    targets: [
      new targets.LambdaFunction(publish, {
        event: events.RuleTargetInput.fromObject({ buildEnded: events.EventField.fromPath("$.detail.build-status") }),
        retryAttempts: 0,
      }),
    ],
  });
}
