import { fileURLToPath } from "node:url";
import { CfnOutput, Duration, RemovalPolicy, Size, Stack, type StackProps } from "aws-cdk-lib";
import * as acm from "aws-cdk-lib/aws-certificatemanager";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as origins from "aws-cdk-lib/aws-cloudfront-origins";
import * as events from "aws-cdk-lib/aws-events";
import * as targets from "aws-cdk-lib/aws-events-targets";
import * as iam from "aws-cdk-lib/aws-iam";
import * as kms from "aws-cdk-lib/aws-kms";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { NodejsFunction, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import * as logs from "aws-cdk-lib/aws-logs";
import * as s3 from "aws-cdk-lib/aws-s3";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import * as sqs from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { COMMON_HEADERS, PAGE_HEADERS } from "../edge/headers.ts";
import { addAlarms } from "./add-alarms.ts";
import type { Settings } from "./settings.ts";

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Keys that may be replaced; everything else in the bucket is written once. */
const MUTABLE = ["*/releases.json", "*/feed.xml", "pages/*", ".factpress/*", ".well-known/*"];

interface FunctionProps {
  memoryMB: number;
  timeout: Duration;
  storage?: Size;
  /** Maximum executions at the same time. */
  concurrency?: number;
  /** Bundles SQLite, for SQL checks. */
  sqlite?: boolean;
  environment: Record<string, string>;
  statements: iam.PolicyStatement[];
}

/** Publishes one repository: webhook, checks, publisher, store and CDN. */
export class FactpressStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings, props: StackProps = {}) {
    super(scope, id, props);
    const { repository, branch, dataFolder, githubApiUrl } = settings;
    const retention = settings.logRetentionDays as logs.RetentionDays;

    const breakGlass = new iam.Role(this, "BreakGlass", {
      assumedBy: new iam.AccountRootPrincipal().withConditions({ Bool: { "aws:MultiFactorAuthPresent": "true" } }),
      description: "Deletes the files of removed releases (docs/runbook.md). Requires MFA; nobody else can delete or replace a release.",
      maxSessionDuration: Duration.hours(1),
    });
    const { bucket, logBucket } = this.#store(breakGlass);
    const signingKey = new kms.Key(this, "SigningKey", {
      description: "Signs releases (ES256)",
      keySpec: kms.KeySpec.ECC_NIST_P256,
      keyUsage: kms.KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const aliases = new cloudfront.KeyValueStore(this, "Aliases", {
      comment: "latest, ranges and dates of releases, and which are listed",
    });
    const distribution = this.#cdn(settings, bucket, logBucket, aliases);
    const site = `https://${settings.domainName ?? distribution.distributionDomainName}`;

    const webhookSecret = new secretsmanager.Secret(this, "WebhookSecret", {
      description: "Secret of the GitHub App's webhook",
      generateSecretString: { excludePunctuation: true, passwordLength: 48 },
    });
    const appSecret = new secretsmanager.Secret(this, "AppSecret", {
      description: 'The GitHub App: {"appId": "…", "privateKey": "-----BEGIN …"} (docs/deploy.md)',
    });

    const validateTimeout = Duration.minutes(5);
    const publishTimeout = Duration.minutes(15);
    const [validateQueue, validateDead] = this.#queue("Validate", false, validateTimeout);
    const [publishQueue, publishDead] = this.#queue("Publish", true, publishTimeout);

    const read = (secret: secretsmanager.Secret): iam.PolicyStatement =>
      new iam.PolicyStatement({ actions: ["secretsmanager:GetSecretValue"], resources: [secret.secretArn] });
    const send = (...queues: sqs.Queue[]): iam.PolicyStatement =>
      new iam.PolicyStatement({ actions: ["sqs:SendMessage"], resources: queues.map(({ queueArn }) => queueArn) });
    // What Lambda's poller needs. The event sources would grant more.
    const poll = (queue: sqs.Queue): iam.PolicyStatement =>
      new iam.PolicyStatement({
        actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
        resources: [queue.queueArn],
      });
    const forge = {
      REPOSITORY: repository,
      BRANCH: branch,
      DATA_FOLDER: dataFolder,
      GITHUB_API_URL: githubApiUrl,
      APP_SECRET_ARN: appSecret.secretArn,
    };

    // 512 MB is a third of a CPU: verifying and queueing takes less than a second, cold start included.
    const receive = this.#function("Receive", "receive", retention, {
      memoryMB: 512,
      timeout: Duration.seconds(10),
      ...(settings.receiveConcurrency === undefined ? {} : { concurrency: settings.receiveConcurrency }),
      environment: {
        REPOSITORY: repository,
        BRANCH: branch,
        WEBHOOK_SECRET_ARN: webhookSecret.secretArn,
        VALIDATE_QUEUE_URL: validateQueue.queueUrl,
        PUBLISH_QUEUE_URL: publishQueue.queueUrl,
      },
      statements: [read(webhookSecret), send(validateQueue, publishQueue)],
    });
    // 1,769 MB is one CPU. The check may use 1,024 MB of heap in its own thread, in addition to what was fetched.
    const validate = this.#function("Validate", "validate", retention, {
      memoryMB: 2_048,
      timeout: validateTimeout,
      storage: Size.gibibytes(2),
      sqlite: true,
      environment: { ...forge, VALIDATE_QUEUE_URL: validateQueue.queueUrl },
      statements: [read(appSecret), send(validateQueue), poll(validateQueue)],
    });
    // Ten releases of 10 MB take seconds. 15 minutes is Lambda's maximum; the next run continues where one was ended.
    const publish = this.#function("Publish", "publish", retention, {
      memoryMB: 2_048,
      timeout: publishTimeout,
      storage: Size.gibibytes(4),
      sqlite: true,
      environment: {
        ...forge,
        BUCKET: bucket.bucketName,
        KEY_VALUE_STORE_ARN: aliases.keyValueStoreArn,
        SIGNING_KEY_ARN: signingKey.keyArn,
        PUBLISH_QUEUE_URL: publishQueue.queueUrl,
        SITE_URL: site,
      },
      statements: [
        read(appSecret),
        send(publishQueue),
        poll(publishQueue),
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
      ],
    });

    // Strangers' pull requests cannot use up the account's concurrency. Messages to publish come one at a time (they are in one
    // group), but the schedule may run at the same time: concurrent publishing is safe.
    validate.addEventSource(new SqsEventSource(validateQueue, { batchSize: 1, maxConcurrency: 4, reportBatchItemFailures: true }));
    publish.addEventSource(new SqsEventSource(publishQueue, { batchSize: 1, maxConcurrency: 2, reportBatchItemFailures: true }));
    const webhook = receive.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });

    for (const [name, target] of [
      ["PublishTick", publish],
      ["ValidateTick", validate],
    ] as const)
      new events.Rule(this, name, {
        description: "Does the work of lost webhooks",
        schedule: events.Schedule.rate(Duration.minutes(15)),
        targets: [new targets.LambdaFunction(target, { event: events.RuleTargetInput.fromObject({ tick: true }), retryAttempts: 0 })],
      });

    // To purge removed files from the CDN's cache, and to see that aliases no longer lead to them.
    breakGlass.addToPolicy(
      new iam.PolicyStatement({ actions: ["cloudfront-keyvaluestore:GetKey"], resources: [aliases.keyValueStoreArn] }),
    );
    breakGlass.addToPolicy(
      new iam.PolicyStatement({ actions: ["cloudfront:CreateInvalidation"], resources: [distribution.distributionArn] }),
    );

    for (const ticked of [publish, validate]) ticked.configureAsyncInvoke({ retryAttempts: 0 });

    addAlarms(this, {
      functions: { receive, validate, publish },
      queues: { validate: validateQueue, publish: publishQueue },
      deadLetters: { validate: validateDead, publish: publishDead },
      distribution,
      ...(settings.alarmEmail ? { email: settings.alarmEmail } : {}),
    });

    const output = (name: string, value: string, description: string): CfnOutput => new CfnOutput(this, name, { value, description });
    output("SiteUrl", site, "Address of the datasets");
    output("WebhookUrl", webhook.url, "Webhook URL of the GitHub App");
    output("WebhookSecretArn", webhookSecret.secretArn, "The secret of the webhook");
    output("AppSecretArn", appSecret.secretArn, "Secret for the GitHub App's id and private key");
    output("BucketName", bucket.bucketName, "The store");
    output("KeyValueStoreArn", aliases.keyValueStoreArn, "The aliases");
    output("SigningKeyArn", signingKey.keyArn, "Signs releases");
    output("DistributionId", distribution.distributionId, "CloudFront distribution, for invalidations");
    output("PublishFunction", publish.functionName, "Function to invoke for publishing by hand (docs/runbook.md)");
    output("PublishDeadLettersArn", publishDead.queueArn, "Messages to publish that failed three times");
    output("ValidateDeadLettersArn", validateDead.queueArn, "Messages to validate that failed three times");
    output("BreakGlassRoleArn", breakGlass.roleArn, "Role that deletes the files of removed releases");
    output("DistributionDomain", distribution.distributionDomainName, "CloudFront's own address, for the DNS record of a custom domain");
  }

  /** The bucket. Nothing released can be replaced or deleted in it, not even by our own roles. */
  #store(breakGlass: iam.Role): { bucket: s3.Bucket; logBucket: s3.Bucket } {
    const common = {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    const logBucket = new s3.Bucket(this, "Logs", { ...common, lifecycleRules: [{ expiration: Duration.days(90) }] });
    const bucket = new s3.Bucket(this, "Store", {
      ...common,
      versioned: true,
      serverAccessLogsBucket: logBucket,
      serverAccessLogsPrefix: "store/",
      lifecycleRules: [
        // Pages, feeds and catalogues are replaced often: old versions are kept for a while. Releases are replaced only when one is
        // removed.
        { noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    const everybody = [new iam.AnyPrincipal()];
    const others = { ArnNotEquals: { "aws:PrincipalArn": breakGlass.roleArn } };
    const deny = (sid: string, statement: iam.PolicyStatementProps): void =>
      void bucket.addToResourcePolicy(new iam.PolicyStatement({ sid, effect: iam.Effect.DENY, principals: everybody, ...statement }));
    deny("EveryWriteIsConditional", {
      actions: ["s3:PutObject"],
      resources: [bucket.arnForObjects("*")],
      conditions: { Null: { "s3:if-none-match": "true", "s3:if-match": "true" } },
    });
    deny("ReleasesAreNotReplaced", {
      actions: ["s3:PutObject"],
      notResources: MUTABLE.map((key) => bucket.arnForObjects(key)),
      conditions: { Null: { "s3:if-match": "false" }, ...others },
    });
    deny("NothingIsDeleted", {
      actions: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      resources: [bucket.arnForObjects("*")],
      conditions: others,
    });
    breakGlass.addToPolicy(
      new iam.PolicyStatement({
        actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObjectVersion"],
        resources: [bucket.arnForObjects("*")],
      }),
    );
    breakGlass.addToPolicy(new iam.PolicyStatement({ actions: ["s3:ListBucket", "s3:ListBucketVersions"], resources: [bucket.bucketArn] }));
    return { bucket, logBucket };
  }

  #cdn(settings: Settings, bucket: s3.Bucket, logBucket: s3.Bucket, aliases: cloudfront.KeyValueStore): cloudfront.Distribution {
    const viewerRequest = new cloudfront.Function(this, "ViewerRequest", {
      comment: "Versions, aliases and pages (lib/edge/viewer-request.js)",
      code: cloudfront.FunctionCode.fromFile({ filePath: file("lib/edge/viewer-request.js") }),
      runtime: cloudfront.FunctionRuntime.JS_2_0,
      keyValueStore: aliases,
    });
    const cachePolicy = new cloudfront.CachePolicy(this, "Cache", {
      comment: "By path and encoding only; the store sees no query string",
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(60),
      maxTtl: Duration.days(365),
      queryStringBehavior: cloudfront.CacheQueryStringBehavior.none(),
      cookieBehavior: cloudfront.CacheCookieBehavior.none(),
      headerBehavior: cloudfront.CacheHeaderBehavior.none(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
    // A policy cannot depend on a status, so objects carry their own Cache-Control. CORS headers must be in their own section,
    // not among the custom ones.
    const headers = new cloudfront.ResponseHeadersPolicy(this, "Headers", {
      comment: "CORS and security (lib/edge/cache-control.ts)",
      corsBehavior: {
        accessControlAllowCredentials: false,
        accessControlAllowOrigins: [COMMON_HEADERS["access-control-allow-origin"] as string],
        accessControlAllowMethods: ["GET", "HEAD", "OPTIONS"],
        accessControlAllowHeaders: ["*"],
        accessControlExposeHeaders: (COMMON_HEADERS["access-control-expose-headers"] as string).split(", "),
        originOverride: true,
      },
      securityHeadersBehavior: {
        contentTypeOptions: { override: true },
        contentSecurityPolicy: { contentSecurityPolicy: PAGE_HEADERS["content-security-policy"] as string, override: true },
        referrerPolicy: { referrerPolicy: cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: true },
      },
    });
    const distribution = new cloudfront.Distribution(this, "Cdn", {
      comment: `Datasets of ${settings.repository}`,
      // The edge function rewrites /. If it ever fails to, the bucket is still not listed.
      defaultRootObject: "pages/index.html",
      defaultBehavior: {
        origin: origins.S3BucketOrigin.withOriginAccessControl(bucket, {
          originAccessLevels: [cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST],
        }),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
        cachedMethods: cloudfront.CachedMethods.CACHE_GET_HEAD,
        compress: true,
        cachePolicy,
        responseHeadersPolicy: headers,
        functionAssociations: [{ function: viewerRequest, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST }],
      },
      // Statuses are kept; a missing file is cached for ten seconds at most.
      errorResponses: [
        { httpStatus: 404, responseHttpStatus: 404, responsePagePath: "/pages/404.html", ttl: Duration.seconds(10) },
        ...[400, 403, 405, 414, 416, 500, 501, 502, 503, 504].map((httpStatus) => ({
          httpStatus,
          ttl: Duration.seconds(httpStatus === 416 ? 10 : 1),
        })),
      ],
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
      ...(settings.domainName && settings.certificateArn
        ? {
            domainNames: [settings.domainName],
            certificate: acm.Certificate.fromCertificateArn(this, "Certificate", settings.certificateArn),
            minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
          }
        : {}),
    });
    this.#accessLogs(distribution, logBucket);
    return distribution;
  }

  /** CloudFront's access logs, delivered to a bucket without ACLs. */
  #accessLogs(distribution: cloudfront.Distribution, logBucket: s3.Bucket): void {
    const source = new logs.CfnDeliverySource(this, "AccessLogSource", {
      name: `${this.stackName}-cdn`,
      logType: "ACCESS_LOGS",
      resourceArn: distribution.distributionArn,
    });
    const destination = new logs.CfnDeliveryDestination(this, "AccessLogDestination", {
      name: `${this.stackName}-cdn`,
      destinationResourceArn: logBucket.arnForObjects("cdn"),
      outputFormat: "parquet",
    });
    logBucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: "AccessLogs",
        principals: [new iam.ServicePrincipal("delivery.logs.amazonaws.com")],
        actions: ["s3:PutObject"],
        resources: [logBucket.arnForObjects("cdn/*")],
        conditions: { StringEquals: { "aws:SourceAccount": this.account } },
      }),
    );
    const delivery = new logs.CfnDelivery(this, "AccessLogDelivery", {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.attrArn,
      s3SuffixPath: "{yyyy}/{MM}/{dd}",
    });
    delivery.addResourceDependency(source);
    delivery.addResourceDependency(destination);
  }

  /** A queue and its dead-letter queue. Messages are tried three times, and stay invisible for longer than the function can run. */
  #queue(name: string, fifo: boolean, timeout: Duration): [sqs.Queue, sqs.Queue] {
    const common = {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // No deduplication by content: two pushes of the same content are two pushes.
      ...(fifo ? { fifo: true, contentBasedDeduplication: false } : {}),
    };
    const dead = new sqs.Queue(this, `${name}DeadLetters`, { ...common, retentionPeriod: Duration.days(14) });
    const queue = new sqs.Queue(this, `${name}Queue`, {
      ...common,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * (fifo ? 1 : 2) + 30),
      deadLetterQueue: { queue: dead, maxReceiveCount: 3 },
    });
    return [queue, dead];
  }

  /** A function with only the given permissions, and its own log group. */
  #function(name: string, folder: string, retention: logs.RetentionDays, props: FunctionProps): NodejsFunction {
    const logGroup = new logs.LogGroup(this, `${name}Log`, { retention, removalPolicy: RemovalPolicy.DESTROY });
    const role = new iam.Role(this, `${name}Role`, { assumedBy: new iam.ServicePrincipal("lambda.amazonaws.com") });
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [logGroup.logGroupArn] }),
    );
    for (const statement of props.statements) role.addToPolicy(statement);
    return new NodejsFunction(this, name, {
      entry: file(`lambdas/${folder}/handler.ts`),
      handler: "handler",
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: props.memoryMB,
      timeout: props.timeout,
      ...(props.storage ? { ephemeralStorageSize: props.storage } : {}),
      ...(props.concurrency === undefined ? {} : { reservedConcurrentExecutions: props.concurrency }),
      role: role.withoutPolicyUpdates(),
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      tracing: lambda.Tracing.DISABLED,
      environment: { ...props.environment, POWERTOOLS_LOG_LEVEL: "INFO" },
      depsLockFilePath: file("package-lock.json"),
      projectRoot: file("."),
      bundling: {
        format: OutputFormat.ESM,
        target: "node24",
        minify: true,
        sourceMap: false,
        mainFields: ["module", "main"],
        externalModules: [],
        // Some packages still use `require` and `__dirname`, which ES modules do not have.
        banner:
          'import{createRequire as factpressRequire}from"node:module";const require=factpressRequire(import.meta.url),__dirname=import.meta.dirname;',
        tsconfig: file("tsconfig.json"),
        commandHooks: {
          beforeInstall: () => [],
          beforeBundling: () => [],
          // The bundle expects SQLite next to itself (lib/adapters/threads/sql-worker.ts).
          afterBundling: (_input, output) => (props.sqlite ? [`cp "${file("node_modules/sql.js/dist/sql-wasm.wasm")}" "${output}"`] : []),
        },
      },
    });
  }
}
