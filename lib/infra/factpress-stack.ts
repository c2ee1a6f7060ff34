import { CfnOutput, Duration, RemovalPolicy, Size, Stack, type StackProps } from "aws-cdk-lib";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as events from "aws-cdk-lib/aws-events";
import * as targets from "aws-cdk-lib/aws-events-targets";
import * as iam from "aws-cdk-lib/aws-iam";
import * as kms from "aws-cdk-lib/aws-kms";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type * as logs from "aws-cdk-lib/aws-logs";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import type * as sqs from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { forgeAdapter } from "../adapters/forge-adapter.ts";
import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { HEAD_FOLDER, HEAD_OBJECT_KEY } from "../contract/head-object-key.ts";
import { addAlarms } from "./add-alarms.ts";
import { addBudget } from "./add-budget.ts";
import { addBuildRules, addBuilds } from "./add-builds.ts";
import { addCdn } from "./add-cdn.ts";
import { addFunction } from "./add-function.ts";
import { addQueue } from "./add-queue.ts";
import { addStore } from "./add-store.ts";
import { catalogueReader } from "./catalogue-reader.ts";
import type { StackSettings } from "./stack-settings.ts";

/**
 * The principals that may assume the break-glass role: everyone in the account who signed in with MFA, or only those named in a setting.
 * Sessions of IAM Identity Center never have the MFA context key, because Identity Center enforces MFA itself.
 */
function breakGlassPrincipal({ breakGlassPrincipalArn }: StackSettings): iam.IPrincipal {
  const condition = breakGlassPrincipalArn
    ? { ArnLike: { "aws:PrincipalArn": breakGlassPrincipalArn } }
    : { Bool: { "aws:MultiFactorAuthPresent": "true" } };
  return new iam.AccountRootPrincipal().withConditions(condition);
}

/** If the bucket is in another account, its policy must allow access as well. */
const catalogueCopyStatements = ({ catalogueCopyBucket: name }: StackSettings): iam.PolicyStatement[] =>
  name === undefined
    ? []
    : [
        new iam.PolicyStatement({
          actions: ["s3:GetObject", "s3:PutObject"],
          resources: [`arn:aws:s3:::${name}/${catalogueObjectKey("*")}`],
        }),
        new iam.PolicyStatement({ actions: ["s3:ListBucket"], resources: [`arn:aws:s3:::${name}`] }),
      ];

/** Publishes one repository: webhook, checks, publisher, store and CDN. */
export class FactpressStack extends Stack {
  constructor(scope: Construct, id: string, settings: StackSettings, props: StackProps = {}) {
    super(scope, id, props);
    const { repository, branch, dataFolder, forge: forgeName, forgeApiUrl } = settings;
    const { account, credentials } = forgeAdapter(forgeName).deployment;
    const retention = settings.logRetentionDays as logs.RetentionDays;

    const breakGlass = new iam.Role(this, "BreakGlass", {
      assumedBy: breakGlassPrincipal(settings),
      description: "Deletes the files of removed releases (docs/runbook.md). No other role can delete or replace a release.",
      maxSessionDuration: Duration.hours(1),
    });
    const { bucket, logBucket } = addStore(this, breakGlass, settings);
    const signingKey = new kms.Key(this, "SigningKey", {
      description: "Signs releases (ES256)",
      keySpec: kms.KeySpec.ECC_NIST_P256,
      keyUsage: kms.KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const aliases = new cloudfront.KeyValueStore(this, "Aliases", {
      comment: "latest, ranges and dates of releases, and which are listed",
    });
    const { distribution, viewerRequest } = addCdn(this, settings, { bucket, logBucket }, aliases);
    const site = `https://${settings.domainName ?? distribution.distributionDomainName}`;

    const webhookSecret = new secretsmanager.Secret(this, "WebhookSecret", {
      description: `Secret of the webhook of ${account}`,
      generateSecretString: { excludePunctuation: true, passwordLength: 48 },
    });
    const appSecret = new secretsmanager.Secret(this, "AppSecret", {
      description: credentials,
    });

    const validateTimeout = Duration.minutes(5);
    const publishTimeout = Duration.minutes(15);
    const [validateQueue, validateDead] = addQueue(this, "Validate", false, validateTimeout);
    const [publishQueue, publishDead] = addQueue(this, "Publish", true, publishTimeout);

    const read = (secret: secretsmanager.Secret): iam.PolicyStatement =>
      new iam.PolicyStatement({ actions: ["secretsmanager:GetSecretValue"], resources: [secret.secretArn] });
    const send = (...queues: sqs.Queue[]): iam.PolicyStatement =>
      new iam.PolicyStatement({ actions: ["sqs:SendMessage"], resources: queues.map(({ queueArn }) => queueArn) });
    // Permissions for Lambda's poller (the event sources would grant more) and to redeliver a failed message sooner.
    const poll = (queue: sqs.Queue): iam.PolicyStatement =>
      new iam.PolicyStatement({
        actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"],
        resources: [queue.queueArn],
      });
    const publicForge = {
      FORGE: forgeName,
      FORGE_API_URL: forgeApiUrl,
      REPOSITORY: repository,
      BRANCH: branch,
      DATA_FOLDER: dataFolder,
    };
    const forge = { ...publicForge, APP_SECRET_ARN: appSecret.secretArn };

    const target = { BUCKET: bucket.bucketName, KEY_VALUE_STORE_ARN: aliases.keyValueStoreArn, SIGNING_KEY_ARN: signingKey.keyArn };
    const publishStatements = (): iam.PolicyStatement[] => [
      read(appSecret),
      new iam.PolicyStatement({ actions: ["s3:GetObject", "s3:PutObject"], resources: [bucket.arnForObjects("*")] }),
      new iam.PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }),
      new iam.PolicyStatement({ actions: ["kms:Sign", "kms:GetPublicKey"], resources: [signingKey.keyArn] }),
      new iam.PolicyStatement({
        actions: [
          "cloudfront-keyvaluestore:DescribeKeyValueStore",
          "cloudfront-keyvaluestore:GetKey",
          "cloudfront-keyvaluestore:ListKeys",
          "cloudfront-keyvaluestore:UpdateKeys",
        ],
        resources: [aliases.keyValueStoreArn],
      }),
    ];
    const builds = settings.largeBuilds
      ? addBuilds(this, {
          compute: settings.largeBuilds,
          retention,
          bucket,
          publish: { environment: { ...forge, ...target }, statements: publishStatements() },
          check: { environment: publicForge, catalogues: catalogueReader(bucket) },
        })
      : undefined;

    // 512 MB is a third of a CPU. Verifying and queueing takes less than a second, including a cold start.
    const receive = addFunction(this, "Receive", {
      retention,
      memoryMB: 512,
      timeout: Duration.seconds(10),
      ...(settings.receiveConcurrency === undefined ? {} : { concurrency: settings.receiveConcurrency }),
      environment: {
        FORGE: forgeName,
        REPOSITORY: repository,
        BRANCH: branch,
        WEBHOOK_SECRET_ARN: webhookSecret.secretArn,
        VALIDATE_QUEUE_URL: validateQueue.queueUrl,
        PUBLISH_QUEUE_URL: publishQueue.queueUrl,
      },
      statements: [read(webhookSecret), send(validateQueue, publishQueue)],
    });
    // 1,769 MB is one CPU. The check may use 1,024 MB of heap in its own thread, in addition to the fetched files.
    const catalogues = catalogueReader(bucket);
    const validate = addFunction(this, "Validate", {
      retention,
      memoryMB: 2_048,
      timeout: validateTimeout,
      storage: Size.gibibytes(3),
      sqlite: true,
      environment: { ...forge, ...catalogues.environment, VALIDATE_QUEUE_URL: validateQueue.queueUrl, ...builds?.validate.environment },
      // To its own queue, for messages that have to wait for the forge.
      statements: [
        read(appSecret),
        ...catalogues.statements,
        poll(validateQueue),
        send(validateQueue),
        ...(builds?.validate.statements ?? []),
      ],
    });
    // Ten releases of 10 MB take seconds. 15 minutes is Lambda's maximum; after a timeout, the next run continues.
    const publish = addFunction(this, "Publish", {
      retention,
      memoryMB: 2_048,
      timeout: publishTimeout,
      storage: Size.gibibytes(4),
      sqlite: true,
      environment: {
        ...forge,
        ...target,
        PUBLISH_QUEUE_URL: publishQueue.queueUrl,
        VALIDATE_QUEUE_URL: validateQueue.queueUrl,
        SITE_URL: site,
        ...(settings.catalogueCopyBucket ? { CATALOGUE_COPY_BUCKET: settings.catalogueCopyBucket } : {}),
        ...(settings.largeBuilds ? { LARGE_BUILDS: "true" } : {}),
      },
      statements: [
        ...catalogueCopyStatements(settings),
        ...publishStatements(),
        send(publishQueue, validateQueue),
        poll(publishQueue),
        new iam.PolicyStatement({ actions: ["sqs:GetQueueAttributes"], resources: [validateQueue.queueArn] }),
      ],
    });

    // It reads the site as any reader does. The key comes from KMS and the signed head from the store, because the site itself is what it checks. A
    // catalogue of 50,000 releases takes about 255 MB.
    const canary = addFunction(this, "Canary", {
      retention,
      memoryMB: 512,
      timeout: Duration.minutes(2),
      environment: { SITE_URL: site, SIGNING_KEY_ARN: signingKey.keyArn, BUCKET: bucket.bucketName },
      statements: [
        new iam.PolicyStatement({ actions: ["kms:GetPublicKey"], resources: [signingKey.keyArn] }),
        new iam.PolicyStatement({ actions: ["s3:GetObject"], resources: [bucket.arnForObjects(HEAD_OBJECT_KEY)] }),
        new iam.PolicyStatement({
          actions: ["s3:ListBucket"],
          resources: [bucket.bucketArn],
          conditions: { StringEquals: { "s3:prefix": HEAD_FOLDER } },
        }),
      ],
    });
    canary.configureAsyncInvoke({ retryAttempts: 0 });
    new events.Rule(this, "CanaryTick", {
      description: "Compares what readers get with what was signed",
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [new targets.LambdaFunction(canary, { retryAttempts: 0 })],
    });

    // Untrusted pull requests cannot exhaust the account's concurrency. Messages to publish are in one group, so they are delivered one at
    // a time. The schedule only adds messages.
    validate.addEventSource(new SqsEventSource(validateQueue, { batchSize: 1, maxConcurrency: 4, reportBatchItemFailures: true }));
    publish.addEventSource(new SqsEventSource(publishQueue, { batchSize: 1, maxConcurrency: 2, reportBatchItemFailures: true }));
    const webhook = receive.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });

    new events.Rule(this, "Tick", {
      description: "Does the work of lost webhooks",
      schedule: events.Schedule.rate(Duration.minutes(15)),
      targets: [new targets.LambdaFunction(publish, { event: events.RuleTargetInput.fromObject({ tick: true }), retryAttempts: 0 })],
    });

    // To purge removed files from the CDN's cache, and to verify that no alias leads to them.
    breakGlass.addToPolicy(
      new iam.PolicyStatement({ actions: ["cloudfront-keyvaluestore:GetKey"], resources: [aliases.keyValueStoreArn] }),
    );
    breakGlass.addToPolicy(
      new iam.PolicyStatement({ actions: ["cloudfront:CreateInvalidation"], resources: [distribution.distributionArn] }),
    );

    publish.configureAsyncInvoke({ retryAttempts: 0 });

    const buildRequested = builds && addBuildRules(this, builds, { bucket, publish, validate, validateQueue });

    addAlarms(this, {
      functions: { receive, validate, publish, canary },
      queues: { validate: validateQueue, publish: publishQueue },
      deadLetters: validateDead,
      distribution,
      viewerRequest,
      ...(buildRequested ? { buildRequested } : {}),
      ...(settings.alarmEmail ? { email: settings.alarmEmail } : {}),
    });

    addBudget(this, settings);

    const output = (name: string, value: string, description: string): CfnOutput => new CfnOutput(this, name, { value, description });
    output("SiteUrl", site, "Address of the datasets");
    output("WebhookUrl", webhook.url, `Webhook URL of ${account}`);
    output("WebhookSecretArn", webhookSecret.secretArn, "The secret of the webhook");
    output("AppSecretArn", appSecret.secretArn, `Secret for the credentials of ${account}`);
    output("BucketName", bucket.bucketName, "The store");
    output("KeyValueStoreArn", aliases.keyValueStoreArn, "The aliases");
    output("SigningKeyArn", signingKey.keyArn, "Signs releases");
    output("DistributionId", distribution.distributionId, "CloudFront distribution, for invalidations");
    output("PublishFunction", publish.functionName, "Function to invoke for publishing by hand (docs/runbook.md)");
    output("PublishDeadLettersArn", publishDead.queueArn, "Messages to publish that no run could take; no alarm");
    output("ValidateDeadLettersArn", validateDead.queueArn, "Messages to validate that failed five times");
    output("BreakGlassRoleArn", breakGlass.roleArn, "Role that deletes the files of removed releases");
    output("DistributionDomain", distribution.distributionDomainName, "CloudFront's own address, for the DNS record of a custom domain");
  }
}
