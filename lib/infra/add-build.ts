import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AssetHashType, DockerImage, type Duration, RemovalPolicy, type Stack } from "aws-cdk-lib";
import * as codebuild from "aws-cdk-lib/aws-codebuild";
import * as iam from "aws-cdk-lib/aws-iam";
import * as logs from "aws-cdk-lib/aws-logs";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import type { Settings } from "../contract/setting-name.ts";
import { projectFile } from "./project-file.ts";
import type { BuildCompute } from "./stack-settings.ts";

/** Sizes of CodeBuild's ARM machines, and the maximum heap of the program. The rest of the memory is for buffers and git. */
const COMPUTE: Record<BuildCompute, { type: codebuild.ComputeType; heapMB: number }> = {
  small: { type: codebuild.ComputeType.SMALL, heapMB: 2_048 },
  medium: { type: codebuild.ComputeType.MEDIUM, heapMB: 5_120 },
  large: { type: codebuild.ComputeType.LARGE, heapMB: 11_264 },
};

/** The programs of lambdas/build. */
const PROGRAMS = ["publish", "check"] as const;

/** Packs the program and the scripts that run it in builds. Builds install nothing. */
function packPrograms(folder: string): boolean {
  const entries = PROGRAMS.map((name) => `lambdas/build/${name}.ts`);
  const pack = ["--import", "tsx", projectFile("bin/pack.ts"), join(folder, "dist"), ...entries];
  execFileSync(process.execPath, pack, { cwd: projectFile("."), stdio: ["ignore", "ignore", "inherit"] });
  mkdirSync(join(folder, "bin"));
  copyFileSync(projectFile("bin/factpress.js"), join(folder, "bin/factpress.js"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}\n');
  return true;
}

export const addBuildAsset = (stack: Stack): Asset =>
  new Asset(stack, "BuildProgram", {
    path: projectFile("lambdas/build"),
    assetHashType: AssetHashType.OUTPUT,
    // CDK requires an image for when local bundling fails, which never happens here.
    bundling: { image: DockerImage.fromRegistry("none"), local: { tryBundle: packPrograms } },
  });

interface BuildProps {
  description: string;
  program: (typeof PROGRAMS)[number];
  asset: Asset;
  compute: BuildCompute;
  retention: logs.RetentionDays;
  /** When the program should end, and when CodeBuild ends it. */
  deadline: Duration;
  timeout: Duration;
  queuedTimeout: Duration;
  environment: Settings;
  statements: iam.PolicyStatement[];
}

/** Adds a CodeBuild project with only the given permissions and its own log group. Its builds run one at a time. */
export function addBuild(stack: Stack, name: string, props: BuildProps): { project: codebuild.Project; logGroup: logs.LogGroup } {
  const { asset, environment, retention } = props;
  const logGroup = new logs.LogGroup(stack, `${name}Log`, { retention, removalPolicy: RemovalPolicy.DESTROY });
  const role = new iam.Role(stack, `${name}Role`, { assumedBy: new iam.ServicePrincipal("codebuild.amazonaws.com") });
  role.addToPolicy(new iam.PolicyStatement({ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [logGroup.logGroupArn] }));
  // Permissions that CodeBuild needs to read a source in S3:
  // https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
  const source = asset.bucket.arnForObjects(asset.s3ObjectKey);
  role.addToPolicy(new iam.PolicyStatement({ actions: ["s3:GetObject", "s3:GetObjectVersion"], resources: [source] }));
  const identity = ["s3:GetBucketAcl", "s3:GetBucketLocation"];
  role.addToPolicy(new iam.PolicyStatement({ actions: identity, resources: [asset.bucket.bucketArn] }));
  for (const statement of props.statements) role.addToPolicy(statement);
  const { type: computeType, heapMB } = COMPUTE[props.compute];
  const project = new codebuild.Project(stack, name, {
    description: props.description,
    role: role.withoutPolicyUpdates(),
    source: codebuild.Source.s3({ bucket: asset.bucket, path: asset.s3ObjectKey }),
    environment: { buildImage: codebuild.LinuxArmBuildImage.AMAZON_LINUX_2023_STANDARD_3_0, computeType },
    environmentVariables: Object.fromEntries(
      Object.entries({
        ...environment,
        FACTPRESS_DEADLINE: String(props.deadline.toSeconds()),
        FACTPRESS_MEMORY: String(heapMB),
      }).map(([name, value]) => [name, { value }]),
    ),
    buildSpec: codebuild.BuildSpec.fromObject({
      version: 0.2,
      phases: { install: { "runtime-versions": { nodejs: 22 } }, build: { commands: [`node dist/${props.program}.js`] } },
    }),
    timeout: props.timeout,
    queuedTimeout: props.queuedTimeout,
    concurrentBuildLimit: 1,
    logging: { cloudWatch: { logGroup } },
  });
  return { project, logGroup };
}
