import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stackName } from "../../../lib/infra/stack-name.ts";
import { ROOT } from "../../scratch.ts";
import { synthHere, type Template } from "../../servers/synth.ts";

let template: Template;
beforeAll(() => {
  template = synthHere({ alarmEmail: "ops@example.org", logRetentionDays: 30 });
});

const of = (type: string): [string, Record<string, unknown>][] =>
  Object.entries(template.Resources).flatMap(([id, { Type, Properties }]): [string, Record<string, unknown>][] =>
    Type === type ? [[id, Properties]] : [],
  );
const named = (type: string, start: string): Record<string, unknown> => {
  const found = of(type).filter(([id]) => new RegExp(`^${start}[0-9A-F]{8}$`).test(id));
  expect(found.map(([id]) => id)).toHaveLength(1);
  return found[0]?.[1] ?? {};
};
const reference = (start: string) => ({ Ref: expect.stringMatching(new RegExp(`^${start}[0-9A-F]{8}$`)) });
const arn = (start: string) => ({ "Fn::GetAtt": [expect.stringMatching(new RegExp(`^${start}[0-9A-F]{8}$`)), "Arn"] });
const statementsOf = (start: string): Record<string, unknown>[] =>
  (named("AWS::IAM::Policy", `${start}DefaultPolicy`)["PolicyDocument"] as { Statement: Record<string, unknown>[] }).Statement;

/** What a role may do: for each resource, without the hash of its id, the actions. */
function grants(role: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { Action, Effect, Resource } of statementsOf(role)) {
    expect(Effect).toBe("Allow");
    for (const resource of [Resource].flat()) {
      const text = JSON.stringify(resource);
      const id = (/"(\w+)[0-9A-F]{8}"/.exec(text)?.[1] ?? text) + (text.includes('"/*"') ? "/*" : "");
      found[id] = [...(found[id] ?? []), ...([Action].flat() as string[])];
    }
  }
  return sorted(found);
}
const sorted = (grants: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(grants).map(([id, actions]) => [id, [...actions].sort()]));
const POLL = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"];

describe("functions", () => {
  const FORGE = {
    REPOSITORY: "owner/name",
    BRANCH: "main",
    DATA_FOLDER: "data",
    FORGE: "github",
    FORGE_API_URL: "https://api.github.com",
    APP_SECRET_ARN: reference("AppSecret"),
    POWERTOOLS_LOG_LEVEL: "INFO",
  };
  it.each([
    [
      "Receive",
      512,
      10,
      undefined,
      {
        FORGE: "github",
        REPOSITORY: "owner/name",
        BRANCH: "main",
        WEBHOOK_SECRET_ARN: reference("WebhookSecret"),
        VALIDATE_QUEUE_URL: reference("ValidateQueue"),
        PUBLISH_QUEUE_URL: reference("PublishQueue"),
        POWERTOOLS_LOG_LEVEL: "INFO",
      },
    ],
    ["Validate", 2048, 300, 3072, { ...FORGE, BUCKET: reference("Store"), VALIDATE_QUEUE_URL: reference("ValidateQueue") }],
    [
      "Canary",
      512,
      120,
      undefined,
      {
        SITE_URL: { "Fn::Join": ["", ["https://", { "Fn::GetAtt": [expect.stringMatching(/^Cdn/), "DomainName"] }]] },
        SIGNING_KEY_ARN: arn("SigningKey"),
        BUCKET: reference("Store"),
        POWERTOOLS_LOG_LEVEL: "INFO",
      },
    ],
    [
      "Publish",
      2048,
      900,
      4096,
      {
        ...FORGE,
        BUCKET: reference("Store"),
        KEY_VALUE_STORE_ARN: arn("Aliases"),
        SIGNING_KEY_ARN: arn("SigningKey"),
        PUBLISH_QUEUE_URL: reference("PublishQueue"),
        VALIDATE_QUEUE_URL: reference("ValidateQueue"),
        SITE_URL: { "Fn::Join": ["", ["https://", { "Fn::GetAtt": [expect.stringMatching(/^Cdn/), "DomainName"] }]] },
      },
    ],
  ])("%s has its memory, time, storage and environment, and nothing else", (name, memory, seconds, storage, environment) => {
    const properties = named("AWS::Lambda::Function", name);
    expect(properties).toMatchObject({
      MemorySize: memory,
      Timeout: seconds,
      Handler: "index.handler",
      Role: arn(`${name}Role`),
      LoggingConfig: { LogFormat: "JSON", LogGroup: reference(`${name}Log`) },
    });
    expect(properties["EphemeralStorage"]).toEqual(storage === undefined ? undefined : { Size: storage });
    expect(properties["Environment"]).toEqual({ Variables: environment });
    expect(properties["TracingConfig"]).toBeUndefined();
    expect(named("AWS::Logs::LogGroup", `${name}Log`)["RetentionInDays"]).toBe(30);
  });

  it("receive is bounded only by a setting, and no other function is", () => {
    const concurrencyOf = ({ Resources }: Template): Record<string, unknown> =>
      Object.fromEntries(
        Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
          Type === "AWS::Lambda::Function" && Properties["ReservedConcurrentExecutions"] !== undefined
            ? [[id.replace(/[0-9A-F]{8}$/, ""), Properties["ReservedConcurrentExecutions"]]]
            : [],
        ),
      );
    expect(concurrencyOf(template)).toEqual({});
    expect(concurrencyOf(synthHere({ receiveConcurrency: "10" }))).toEqual({ Receive: 10 });
  });

  it("take messages one by one, a few at a time, and report each that failed", () => {
    const sources = of("AWS::Lambda::EventSourceMapping").map(([, properties]) => properties);
    for (const [queue, concurrency] of [
      ["ValidateQueue", 4],
      ["PublishQueue", 2],
    ] as const)
      expect(sources).toContainEqual(
        expect.objectContaining({
          BatchSize: 1,
          EventSourceArn: arn(queue),
          FunctionResponseTypes: ["ReportBatchItemFailures"],
          ScalingConfig: { MaximumConcurrency: concurrency },
        }),
      );
    expect(sources).toHaveLength(2);
  });

  it("publish is run every 15 minutes and the canary every hour, and not again when that fails", () => {
    const once = { RetryPolicy: { MaximumRetryAttempts: 0 } };
    expect(named("AWS::Events::Rule", "Tick")).toMatchObject({
      ScheduleExpression: "rate(15 minutes)",
      State: "ENABLED",
      Targets: [{ Arn: arn("Publish"), Input: '{"tick":true}', ...once }],
    });
    expect(named("AWS::Events::Rule", "CanaryTick")).toMatchObject({
      ScheduleExpression: "rate(1 hour)",
      Targets: [{ Arn: arn("Canary"), ...once }],
    });
    const configurations = of("AWS::Lambda::EventInvokeConfig").map(([, properties]) => properties["MaximumRetryAttempts"]);
    expect(configurations).toEqual([0, 0]);
  });

  it.each([
    [
      "Receive",
      { WebhookSecret: ["secretsmanager:GetSecretValue"], ValidateQueue: ["sqs:SendMessage"], PublishQueue: ["sqs:SendMessage"] },
    ],
    ["Validate", { AppSecret: ["secretsmanager:GetSecretValue"], Store: ["s3:GetObject"], ValidateQueue: ["sqs:SendMessage", ...POLL] }],
    ["Canary", { SigningKey: ["kms:GetPublicKey"], Store: ["s3:GetObject", "s3:ListBucket"] }],
    [
      "Publish",
      {
        AppSecret: ["secretsmanager:GetSecretValue"],
        PublishQueue: ["sqs:SendMessage", ...POLL],
        ValidateQueue: ["sqs:SendMessage", "sqs:GetQueueAttributes"],
        "Store/*": ["s3:GetObject", "s3:PutObject"],
        Store: ["s3:ListBucket"],
        SigningKey: ["kms:Sign", "kms:GetPublicKey"],
        Aliases: ["DescribeKeyValueStore", "GetKey", "ListKeys", "UpdateKeys"].map((name) => `cloudfront-keyvaluestore:${name}`),
      },
    ],
  ])("%s may do what it needs, and only that", (name, granted) => {
    expect(grants(`${name}Role`)).toEqual(sorted({ ...granted, [`${name}Log`]: ["logs:CreateLogStream", "logs:PutLogEvents"] }));
  });
});

describe("queues", () => {
  it.each([
    ["Validate", 630, undefined],
    ["Publish", 930, true],
  ])("%s waits longer than its function may take, and keeps what failed for two weeks", (name, visible, fifo) => {
    const queue = named("AWS::SQS::Queue", `${name}Queue`);
    expect(queue).toMatchObject({
      VisibilityTimeout: visible,
      MessageRetentionPeriod: 4 * 86_400,
      RedrivePolicy: { deadLetterTargetArn: arn(`${name}DeadLetters`), maxReceiveCount: 5 },
    });
    expect(queue["FifoQueue"]).toBe(fifo);
    const dead = named("AWS::SQS::Queue", `${name}DeadLetters`);
    expect(dead).toMatchObject({ MessageRetentionPeriod: 14 * 86_400, SqsManagedSseEnabled: true });
    expect(dead["FifoQueue"]).toBe(fifo);
  });
});

describe("the break-glass role", () => {
  it("is assumed by the people whom a setting names, without the mark of MFA, which their sessions never carry", () => {
    const principal = "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Admin_*";
    const roles = Object.entries(synthHere({ breakGlassPrincipalArn: principal }).Resources).filter(([id]) => id.startsWith("BreakGlass"));
    const [, role] = roles.find(([, { Type }]) => Type === "AWS::IAM::Role") ?? [];
    expect(role?.Properties["AssumeRolePolicyDocument"]).toMatchObject({
      Statement: [{ Action: "sts:AssumeRole", Condition: { ArnLike: { "aws:PrincipalArn": principal } } }],
    });
  });

  it("is assumed with MFA, for an hour", () => {
    expect(named("AWS::IAM::Role", "BreakGlass")).toMatchObject({
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: "sts:AssumeRole",
            Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
            Principal: { AWS: expect.anything() },
          },
        ],
      },
    });
  });

  it("lists versions, takes files away, reads aliases and invalidates, and does nothing else", () => {
    expect(grants("BreakGlass")).toEqual(
      sorted({
        "Store/*": ["s3:GetObject", "s3:PutObject", "s3:DeleteObjectVersion"],
        Store: ["s3:ListBucket", "s3:ListBucketVersions"],
        Aliases: ["cloudfront-keyvaluestore:GetKey"],
        Cdn: ["cloudfront:CreateInvalidation"],
      }),
    );
  });
});

describe("buckets", () => {
  it("keep logs for 90 days and replaced files for 30", () => {
    expect(named("AWS::S3::Bucket", "Logs")).toMatchObject({
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90, Status: "Enabled" }] },
    });
    expect(named("AWS::S3::Bucket", "Store")).toMatchObject({
      LoggingConfiguration: { DestinationBucketName: reference("Logs"), LogFilePrefix: "store/" },
      LifecycleConfiguration: {
        Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 30 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }],
      },
    });
  });

  it("get the access logs of the CDN, by date", () => {
    const [[, source], [, destination], [, delivery]] = ["DeliverySource", "DeliveryDestination", "Delivery"].map(
      (kind) => of(`AWS::Logs::${kind}`)[0],
    ) as [[string, object], [string, object], [string, object]];
    expect(source).toMatchObject({ Name: "Factpress-owner--name-cdn", LogType: "ACCESS_LOGS" });
    expect(destination).toMatchObject({ Name: "Factpress-owner--name-cdn", OutputFormat: "parquet" });
    expect(delivery).toMatchObject({ DeliverySourceName: "Factpress-owner--name-cdn", S3SuffixPath: "{yyyy}/{MM}/{dd}" });
    expect(JSON.stringify(destination)).toContain("/cdn");
    const [deliveryResource] = Object.values(template.Resources).filter(({ Type }) => Type === "AWS::Logs::Delivery");
    expect(deliveryResource?.DependsOn).toContainEqual(expect.stringMatching(/^LogsPolicy[0-9A-F]{8}$/));
    expect(JSON.stringify(named("AWS::S3::BucketPolicy", "LogsPolicy"))).toMatch(
      /"Action":"s3:PutObject","Condition":\{"StringEquals":\{"aws:SourceAccount":.*delivery\.logs\.amazonaws\.com.*\/cdn\/\*.*"Sid":"AccessLogs"/,
    );
  });
});

describe("the CDN", () => {
  it("caches files as long as their headers allow, a minute by default, a year at most", () => {
    expect(of("AWS::CloudFront::CachePolicy")[0]?.[1]).toMatchObject({
      CachePolicyConfig: { MinTTL: 0, DefaultTTL: 60, MaxTTL: 31_536_000 },
    });
  });

  it("keeps the log of its function as long as the others, under the name that AWS gives it", () => {
    const { Name } = named("AWS::CloudFront::Function", "ViewerRequest");
    expect(Name).toEqual(expect.stringMatching(/^us-east-1\w+$/));
    expect(named("AWS::Logs::LogGroup", "ViewerRequestLog")).toMatchObject({
      LogGroupName: `/aws/cloudfront/function/${Name}`,
      RetentionInDays: 30,
    });
    // Otherwise AWS may make it first, with unlimited retention, and the deployment fails.
    const [edge] = Object.values(template.Resources).filter(({ Type }) => Type === "AWS::CloudFront::Function");
    expect([edge?.DependsOn].flat()).toContainEqual(expect.stringMatching(/^ViewerRequestLog[0-9A-F]{8}$/));
  });

  it("keeps errors for a second, but for what may be there soon", () => {
    const { DistributionConfig } = named("AWS::CloudFront::Distribution", "Cdn") as { DistributionConfig: Record<string, unknown> };
    expect(DistributionConfig).toMatchObject({
      Comment: "Datasets of owner/name",
      DefaultRootObject: "pages/index.html",
      PriceClass: "PriceClass_100",
      Enabled: true,
    });
    expect(DistributionConfig["Aliases"]).toBeUndefined();
    expect(DistributionConfig["CustomErrorResponses"]).toEqual([
      { ErrorCode: 404, ResponseCode: 404, ResponsePagePath: "/pages/404.html", ErrorCachingMinTTL: 10 },
      ...[400, 403, 405, 414, 416, 500, 501, 502, 503, 504].map((ErrorCode) => ({
        ErrorCode,
        ErrorCachingMinTTL: ErrorCode === 416 ? 10 : 1,
      })),
    ]);
  });

  it("allows every origin to read, without credentials, and requires TLS for a year", () => {
    expect(of("AWS::CloudFront::ResponseHeadersPolicy")[0]?.[1]).toMatchObject({
      ResponseHeadersPolicyConfig: {
        CorsConfig: {
          AccessControlAllowCredentials: false,
          AccessControlAllowHeaders: { Items: ["*"] },
          AccessControlAllowMethods: { Items: ["GET", "HEAD", "OPTIONS"] },
        },
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { Override: true },
          ReferrerPolicy: { Override: true, ReferrerPolicy: "strict-origin-when-cross-origin" },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: false, Override: true },
        },
      },
    });
  });
});

interface AlarmProperties {
  Namespace?: string;
  MetricName?: string;
  Dimensions?: unknown;
  Period?: number;
  Statistic?: string;
  Metrics?: { Expression?: string; MetricStat?: { Metric: Record<string, unknown>; Period: number; Stat: string } }[];
}

/** What an alarm watches: namespace, metric, statistic, period, dimensions; a metric with a label or in a formula is in another place. */
function watched(name: string): { formula?: string | undefined; metrics: unknown[][] } {
  const { Metrics, ...plain } = named("AWS::CloudWatch::Alarm", name) as AlarmProperties;
  if (!Metrics) return { metrics: [[plain.Namespace, plain.MetricName, plain.Statistic, plain.Period, plain.Dimensions]] };
  const formula = Metrics.find(({ Expression }) => Expression)?.Expression;
  const stats = Metrics.flatMap(({ MetricStat }) => MetricStat ?? []);
  const metrics = stats.map(({ Metric, Period, Stat }) => [Metric["Namespace"], Metric["MetricName"], Stat, Period, Metric["Dimensions"]]);
  return { ...(formula ? { formula } : {}), metrics };
}

describe("alarms", () => {
  const queue = (start: string) => [{ Name: "QueueName", Value: { "Fn::GetAtt": [expect.stringMatching(`^${start}`), "QueueName"] } }];
  const functionNamed = (start: string) => [{ Name: "FunctionName", Value: reference(start) }];
  const lambda = (metric: string, name: string, period: number) => ["AWS/Lambda", metric, "Sum", period, functionNamed(name)];
  const own = (name: string) => [
    { Name: "function", Value: reference(name) },
    { Name: "service", Value: "factpress" },
  ];
  const global = { Name: "Region", Value: "Global" };
  const PARTS = [
    "DeadLettersvalidate",
    "Unannounced",
    "PublishLagqueue",
    "PublishLagrelease",
    "CanaryFails",
    "HeadOutOfDate",
    "EdgeErrors",
    "StoreUnavailable",
    "StoreDiffers",
  ];
  it.each<[string, number, [number, number], unknown[][]]>([
    ["DeadLettersvalidate", 1, [1, 1], [["AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", 300, queue("ValidateDeadLetters")]]],
    ["Errorspublish", 1, [2, 4], [lambda("Errors", "Publish", 900)]],
    ["VerdictsRefused", 1, [1, 30], ["Validate", "Publish"].map((name) => ["Factpress", "RefusedVerdicts", "Sum", 3600, own(name)])],
    ["ChecksIncomplete", 3, [1, 72], [["Factpress", "Incomplete", "Sum", 3600, own("Validate")], lambda("Errors", "Validate", 3600)]],
    ["Errorsreceive", 2, [1, 72], [lambda("Url5xxCount", "Receive", 3600)]],
    [
      "WebhooksRefused",
      1,
      [1, 12],
      [
        ["Factpress", "WrongSignature", "Sum", 21_600, own("Receive")],
        ["Factpress", "Unannounced", "Sum", 21_600, own("Publish")],
        lambda("UrlRequestCount", "Receive", 21_600),
        lambda("Url4xxCount", "Receive", 21_600),
      ],
    ],
    [
      "Unannounced",
      1,
      [2, 12],
      [
        ["Factpress", "Unannounced", "Sum", 21_600, own("Publish")],
        lambda("UrlRequestCount", "Receive", 21_600),
        lambda("Url4xxCount", "Receive", 21_600),
      ],
    ],
    ["StoreUnavailable", 1, [2, 4], [["Factpress", "StoreUnavailable", "Sum", 900, own("Publish")]]],
    ["StoreDiffers", 1, [2, 4], [["Factpress", "StoreDiffers", "Sum", 900, own("Publish")]]],
    ["Throttles", 1, [2, 4], ["Receive", "Validate", "Publish", "Canary"].map((name) => lambda("Throttles", name, 900))],
    ["TicksStopped", 1, [2, 2], [lambda("Invocations", "Publish", 900), lambda("Throttles", "Publish", 900)]],
    ["CanaryStopped", 1, [2, 2], [lambda("Invocations", "Canary", 3600), lambda("Throttles", "Canary", 3600)]],
    ["PublishLagqueue", 2100, [1, 1], [["AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", 300, queue("PublishQueue")]]],
    ["PublishLagrelease", 900, [1, 1], [["Factpress", "MergeToRelease", "Maximum", 300, own("Publish")]]],
    [
      "EdgeErrors",
      1,
      [2, 3],
      [
        [
          "AWS/CloudFront",
          "5xxErrorRate",
          "Average",
          300,
          [{ Name: "DistributionId", Value: expect.objectContaining({ Ref: expect.stringMatching(/^Cdn/) }) }, global],
        ],
        ["AWS/CloudFront", "FunctionExecutionErrors", "Sum", 300, [expect.objectContaining({ Name: "FunctionName" }), global]],
      ],
    ],
    ["CanaryFails", 1, [2, 2], [lambda("Errors", "Canary", 3600)]],
    [
      "HeadOutOfDate",
      1,
      [2, 2],
      [
        ["Factpress", "HeadOutOfDate", "Sum", 3600, own("Canary")],
        lambda("Errors", "Publish", 3600),
        lambda("Invocations", "Publish", 3600),
      ],
    ],
    ["AliasesFull", 4_000_000, [1, 1], [["Factpress", "AliasBytes", "Maximum", 300, own("Publish")]]],
  ])("%s is raised once for a lasting cause, and not without one", (name, threshold, [count, periods], metrics) => {
    expect(watched(name).metrics).toEqual(metrics);
    const properties = named("AWS::CloudWatch::Alarm", name);
    expect(properties).toMatchObject({
      Threshold: threshold,
      EvaluationPeriods: periods,
      DatapointsToAlarm: count,
      ComparisonOperator: name.endsWith("Stopped") ? "LessThanThreshold" : "GreaterThanOrEqualToThreshold",
      TreatMissingData: name.endsWith("Stopped") ? "missing" : name === "AliasesFull" ? "ignore" : "notBreaching",
    });
    expect(properties["AlarmActions"]).toEqual(PARTS.includes(name) ? undefined : [reference("AlarmTopic")]);
    expect(properties["InsufficientDataActions"]).toEqual(name.endsWith("Stopped") ? [reference("AlarmTopic")] : undefined);
    expect(properties["OKActions"]).toBeUndefined();
  });

  it("have formulas for what no single metric shows", () => {
    const names = [
      "Unannounced",
      "WebhooksRefused",
      "Throttles",
      "TicksStopped",
      "CanaryStopped",
      "VerdictsRefused",
      "ChecksIncomplete",
      "EdgeErrors",
      "HeadOutOfDate",
    ];
    const formulas = names.map((name) => watched(name).formula);
    expect(formulas).toEqual([
      "IF(FILL(requests, 0) - FILL(refused, 0) >= 1, 0, FILL(unannounced, 0))",
      "IF(FILL(wrong, 0) >= 3 AND FILL(requests, 0) - FILL(refused, 0) < 1 AND FILL(unannounced, 0) >= 1, 1, 0)",
      "SUM(METRICS())",
      "SUM([runs, runsThrottled])",
      "SUM([canaryRuns, canaryRunsThrottled])",
      "SUM(METRICS())",
      "FILL(incomplete, 0) + FILL(aborted, 0) / 3",
      "MAX([FILL(answers, 0), IF(FILL(thrown, 0) >= 1, 100, 0)])",
      "IF(FILL(failures, 0) >= 2 OR FILL(published, 0) < 1, 0, FILL(outdated, 0))",
    ]);
  });

  it.each([
    ["DeadLetters", ["DeadLettersvalidate"], "Throttles", 259_200],
    ["PublishLags", ["PublishLagqueue", "PublishLagrelease"], "Throttles", 900],
    ["WebhooksMissing", ["Unannounced"], "WebhooksRefused", 43_200],
    ["SiteDiffers", ["CanaryFails", "StoreDiffers", "HeadOutOfDate"], "EdgeOrStoreErrors", 10_800],
  ])("%s is told after the alarm of its cause only if it outlasts that", (name, parts, cause, seconds) => {
    const properties = named("AWS::CloudWatch::CompositeAlarm", name);
    expect(properties).toMatchObject({
      ActionsSuppressor: { "Fn::GetAtt": [expect.stringMatching(`^${cause}`), "Arn"] },
      ActionsSuppressorWaitPeriod: 300,
      ActionsSuppressorExtensionPeriod: seconds,
      AlarmActions: [reference("AlarmTopic")],
    });
    const rule = JSON.stringify(properties["AlarmRule"]);
    expect(rule.match(/[A-Za-z]+(?=[0-9A-F]{8}")/g)).toEqual(parts);
  });

  it("of the edge and of the store are one: an outage of S3 raises both", () => {
    const properties = named("AWS::CloudWatch::CompositeAlarm", "EdgeOrStoreErrors");
    expect(JSON.stringify(properties["AlarmRule"]).match(/[A-Za-z]+(?=[0-9A-F]{8}")/g)).toEqual(["EdgeErrors", "StoreUnavailable"]);
    expect(properties).toMatchObject({ AlarmActions: [reference("AlarmTopic")] });
    expect(properties["ActionsSuppressor"]).toBeUndefined();
  });

  it("of throttles leave out webhooks if executions are reserved for them: more than those are throttled as intended", () => {
    const before = template;
    try {
      template = synthHere({ receiveConcurrency: "10" });
      expect(watched("Throttles").metrics).toEqual(["Validate", "Publish", "Canary"].map((name) => lambda("Throttles", name, 900)));
    } finally {
      template = before;
    }
  });

  it("are as many, over as many metrics, as the table of costs says", () => {
    const metrics = of("AWS::CloudWatch::Alarm").reduce((sum, [id]) => sum + watched(id.replace(/[0-9A-F]{8}$/, "")).metrics.length, 0);
    const [, said] = /(\d+ alarms \d+\.\d\d \(\d+ metrics, \d composite\))/.exec(readFileSync(join(ROOT, "docs/deploy.md"), "utf8")) ?? [];
    const composite = of("AWS::CloudWatch::CompositeAlarm").length;
    const count = of("AWS::CloudWatch::Alarm").length;
    expect(said).toBe(
      `${count + composite} alarms ${(metrics / 10 + composite / 2).toFixed(2)} (${metrics} metrics, ${composite} composite)`,
    );
  });

  it("are all listed above, and each has its chapter in the runbook", () => {
    const all = ["Alarm", "CompositeAlarm"].flatMap((kind) => of(`AWS::CloudWatch::${kind}`));
    const alarms = all.map(([, properties]) => String(properties["AlarmDescription"]));
    expect(alarms).toHaveLength(23);
    const chapters = new Set(readFileSync(join(ROOT, "docs/runbook.md"), "utf8").match(/^## .*$/gm));
    for (const text of alarms) expect([...chapters]).toContain(`## ${/docs\/runbook\.md, "(.*)"\.$/.exec(text)?.[1]}`);
  });

  it("have graphs on the dashboard, beside those of the queues and the functions' durations", () => {
    const [dashboard] = of("AWS::CloudWatch::Dashboard");
    const graphs = JSON.stringify(dashboard?.[1]["DashboardBody"])
      .replaceAll(/[\\"]+/g, '"')
      .split('"title":"')
      .slice(1);
    const [queues, durations] = graphs
      .slice(-2)
      .map((graph) => [graph.split('"', 1)[0], (graph.match(/"(ApproximateNumberOfMessagesVisible|Duration)"/g) ?? []).length]);
    expect([queues, durations]).toEqual([
      ["Queues", 2],
      ["Durations", 4],
    ]);
    const alarms = of("AWS::CloudWatch::Alarm").map(([, properties]) => String(properties["AlarmDescription"]));
    for (const graph of graphs.slice(0, -2)) expect(alarms.join(" ")).toContain(`"${graph.split('"', 1)[0]}".`);
  });

  it("write to the address of the settings", () => {
    expect(of("AWS::SNS::Subscription").map(([, properties]) => properties)).toEqual([
      expect.objectContaining({ Protocol: "email", Endpoint: "ops@example.org", TopicArn: reference("AlarmTopic") }),
    ]);
  });
});

it("the stack names the published repository in its description and tags", () => {
  expect(template.Description).toBe("Factpress: publishes owner/name");
  expect(named("AWS::S3::Bucket", "Store")["Tags"]).toContainEqual({ Key: "factpress:repository", Value: "owner/name" });
});

/**
 * The names that a template gives to resources, by the place of each. CloudFormation makes up the others. Inline policies are named within
 * their roles, and display names may be equal.
 */
function namesIn(resources: Template["Resources"]): Map<string, string> {
  const names = new Map<string, string>();
  const visit = (value: unknown, place: string): void => {
    if (typeof value === "string" && /Name$/.test(place) && !/Dimensions|MetricName|IAM::Policy|DisplayName/.test(place))
      names.set(place, value);
    if (typeof value === "object" && value !== null) for (const [key, inner] of Object.entries(value)) visit(inner, `${place}.${key}`);
  };
  for (const [id, { Type, Properties }] of Object.entries(resources)) visit(Properties, `${Type} ${id}`);
  return names;
}

describe("deploying again, and beside another", () => {
  it("a failed first creation leaves nothing behind and can be tried again; later the data stays", () => {
    const kept = Object.entries(template.Resources).filter(([, { Type }]) => ["AWS::S3::Bucket", "AWS::KMS::Key"].includes(Type));
    expect(kept).toHaveLength(3);
    for (const [id, { DeletionPolicy }] of kept) expect([id, DeletionPolicy]).toEqual([id, "RetainExceptOnCreate"]);
    expect(Object.values(template.Resources).filter(({ DeletionPolicy }) => DeletionPolicy === "Retain")).toEqual([]);
  });

  it("stacks are named after their repositories, whose letter case does not matter, and no two repositories share a name", () => {
    for (const repository of ["owner/name", "Owner/Name"]) expect(stackName(repository)).toBe("Factpress-owner--name");
    expect(stackName("Owner/Na.me")).toBe(stackName("owner/na.me"));
    const names = ["a/b-c", "a-b/c", "a/b.c", "a/b_c", "a/b", `a/${"x".repeat(100)}`, `a/${"x".repeat(140)}`, `a/${"x".repeat(141)}`].map(
      stackName,
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9-]{0,127}$/);
  });

  it("no two stacks with long names share the name of a resource", () => {
    const [one, another] = ["a", "b"].map((end) =>
      namesIn(synthHere({ repository: `${"o".repeat(39)}/${"x".repeat(99)}${end}` }).Resources),
    );
    expect(one?.size).toBeGreaterThan(10);
    expect([...(one ?? [])].filter(([place, name]) => another?.get(place) === name)).toEqual([]);
    for (const [place, name] of one ?? [])
      expect([place, name]).toEqual([place, expect.stringMatching(/Deliver/.test(place) ? /^[\w-]{1,60}$/ : /^[\w/-]{1,255}$/)]);
  });
});

describe("settings that cost more, or protect more", () => {
  const resources = (settings: Record<string, unknown>) => Object.values(synthHere(settings).Resources);
  it("a budget writes to the address of the alarms", () => {
    expect(of("AWS::Budgets::Budget")).toEqual([]);
    const budget = resources({ monthlyBudgetUsd: 25, alarmEmail: "ops@example.org" }).find(({ Type }) => Type === "AWS::Budgets::Budget");
    expect(budget?.Properties).toMatchObject({
      Budget: { BudgetLimit: { Amount: 25, Unit: "USD" }, TimeUnit: "MONTHLY" },
      NotificationsWithSubscribers: [
        { Notification: { NotificationType: "ACTUAL", Threshold: 80 }, Subscribers: [{ Address: "ops@example.org" }] },
        { Notification: { NotificationType: "FORECASTED", Threshold: 100 } },
      ],
    });
  });

  it("publish may write catalogues into the bucket that gets their copies, and nothing else there", () => {
    const copied = JSON.stringify(resources({ catalogueCopyBucket: "copies-of-mine" }).filter(({ Type }) => Type === "AWS::IAM::Policy"));
    expect(copied).toContain('"arn:aws:s3:::copies-of-mine/*/releases.json"');
    expect(copied.match(/copies-of-mine/g)).toHaveLength(2);
  });

  it("a lock protects versions from everyone but the break-glass role", () => {
    const locked = synthHere({ objectLockDays: 30 });
    const bucket = Object.entries(locked.Resources).find(([id, { Type }]) => Type === "AWS::S3::Bucket" && id.startsWith("Store"));
    expect(bucket?.[1].Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 30, Mode: "GOVERNANCE" } } },
    });
    const policies = Object.entries(locked.Resources).filter(([, { Type }]) => Type === "AWS::IAM::Policy");
    const may = policies
      .filter(([, { Properties }]) => JSON.stringify(Properties).includes("s3:BypassGovernanceRetention"))
      .map(([id]) => id);
    expect(may).toEqual([expect.stringMatching(/^BreakGlass/)]);
  });
});

describe("builds of large datasets", () => {
  it("exist only if a setting asks for them", () => {
    expect(of("AWS::CodeBuild::Project")).toEqual([]);
    expect(named("AWS::S3::Bucket", "Store")["NotificationConfiguration"]).toBeUndefined();
    for (const name of ["Publish", "Validate"]) expect(JSON.stringify(named("AWS::Lambda::Function", name))).not.toContain("LARGE_BUILDS");
  });

  describe("with the setting", () => {
    let before: Template;
    beforeAll(() => {
      before = template;
      template = synthHere({ largeBuilds: "medium", logRetentionDays: 30 });
    });
    afterAll(() => {
      template = before;
    });

    it("run the packaged program, one at a time, for four hours at most, with a log of their own", () => {
      const project = named("AWS::CodeBuild::Project", "Build");
      expect(project).toMatchObject({
        ConcurrentBuildLimit: 1,
        TimeoutInMinutes: 240,
        QueuedTimeoutInMinutes: 60,
        Artifacts: { Type: "NO_ARTIFACTS" },
        Cache: { Type: "NO_CACHE" },
        LogsConfig: { CloudWatchLogs: { GroupName: reference("BuildLog"), Status: "ENABLED" } },
        Environment: { Type: "ARM_CONTAINER", ComputeType: "BUILD_GENERAL1_MEDIUM", PrivilegedMode: false },
        Source: { Type: "S3" },
      });
      expect(named("AWS::Logs::LogGroup", "BuildLog")["RetentionInDays"]).toBe(30);
      const { phases } = JSON.parse((project["Source"] as { BuildSpec: string }).BuildSpec) as { phases: object };
      expect(phases).toEqual({ install: { "runtime-versions": { nodejs: 22 } }, build: { commands: ["node dist/publish.js"] } });
      // No secret: only where it is kept.
      const { EnvironmentVariables } = project["Environment"] as { EnvironmentVariables: { Name: string; Value: unknown }[] };
      expect(Object.fromEntries(EnvironmentVariables.map(({ Name, Value }) => [Name, Value]))).toEqual({
        REPOSITORY: "owner/name",
        BRANCH: "main",
        DATA_FOLDER: "data",
        FORGE: "github",
        FORGE_API_URL: "https://api.github.com",
        APP_SECRET_ARN: reference("AppSecret"),
        BUCKET: reference("Store"),
        KEY_VALUE_STORE_ARN: arn("Aliases"),
        SIGNING_KEY_ARN: arn("SigningKey"),
        FACTPRESS_DEADLINE: "14400",
        FACTPRESS_MEMORY: "5120",
      });
    });

    it("start when publish asks for one, and publish runs when one ends", () => {
      expect(named("AWS::S3::Bucket", "Store")["NotificationConfiguration"]).toEqual({
        EventBridgeConfiguration: { EventBridgeEnabled: true },
      });
      expect(named("AWS::Events::Rule", "BuildRequested")).toMatchObject({
        EventPattern: {
          source: ["aws.s3"],
          "detail-type": ["Object Created"],
          detail: { bucket: { name: [reference("Store")] }, object: { key: [".factpress/large-build.json"] } },
        },
        Targets: [
          {
            Arn: arn("Build"),
            RoleArn: arn("BuildEventsRole"),
            Input: "{}",
            RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 185 },
          },
        ],
      });
      expect(named("AWS::Events::Rule", "BuildEnded")).toMatchObject({
        EventPattern: {
          source: ["aws.codebuild"],
          "detail-type": ["CodeBuild Build State Change"],
          detail: { "project-name": [reference("Build")], "build-status": ["SUCCEEDED", "FAILED", "FAULT", "TIMED_OUT", "STOPPED"] },
        },
        Targets: [
          {
            Arn: arn("Publish"),
            InputTransformer: {
              InputPathsMap: { "detail-build-status": "$.detail.build-status", time: "$.time" },
              InputTemplate: '{"buildEnded":<detail-build-status>,"at":<time>}',
            },
            RetryPolicy: { MaximumRetryAttempts: 0 },
          },
        ],
      });
      expect(named("AWS::Lambda::Function", "Publish")).toMatchObject({ Environment: { Variables: { LARGE_BUILDS: "true" } } });
    });

    it("raise an alarm if none can be started for an hour", () => {
      const rule = [{ Name: "RuleName", Value: reference("BuildRequested") }];
      expect(watched("BuildNotStarted").metrics).toEqual([["AWS/Events", "FailedInvocations", "Sum", 3600, rule]]);
      expect(named("AWS::CloudWatch::Alarm", "BuildNotStarted")).toMatchObject({
        Threshold: 1,
        EvaluationPeriods: 6,
        DatapointsToAlarm: 1,
        TreatMissingData: "notBreaching",
        AlarmActions: [reference("AlarmTopic")],
        AlarmDescription: expect.stringContaining('docs/runbook.md, "A build does not start"'),
      });
      expect(readFileSync(join(ROOT, "docs/runbook.md"), "utf8")).toContain("\n## A build does not start\n");
    });

    it("may do what they need, and only that", () => {
      const { Store, ...others } = grants("BuildRole");
      const assets = Object.entries(others).filter(([id]) => id.includes("cdk-hnb659fds-assets"));
      expect(assets.map(([, actions]) => actions)).toEqual([
        ["s3:GetObject", "s3:GetObjectVersion"],
        ["s3:GetBucketAcl", "s3:GetBucketLocation"],
      ]);
      expect({ Store, ...Object.fromEntries(Object.entries(others).filter(([id]) => !id.includes("assets"))) }).toEqual(
        sorted({
          AppSecret: ["secretsmanager:GetSecretValue"],
          "Store/*": ["s3:GetObject", "s3:PutObject"],
          Store: ["s3:ListBucket"],
          SigningKey: ["kms:Sign", "kms:GetPublicKey"],
          Aliases: ["DescribeKeyValueStore", "GetKey", "ListKeys", "UpdateKeys"].map((name) => `cloudfront-keyvaluestore:${name}`),
          BuildLog: ["logs:CreateLogStream", "logs:PutLogEvents"],
        }),
      );
      expect(grants("BuildEventsRole")).toEqual({ Build: ["codebuild:StartBuild"] });
    });

    it("those that check run the same package, one at a time, for twenty minutes at most, and hold no secret", () => {
      const project = named("AWS::CodeBuild::Project", "Check");
      const publishing = named("AWS::CodeBuild::Project", "Build");
      expect(project).toMatchObject({
        ConcurrentBuildLimit: 1,
        TimeoutInMinutes: 20,
        QueuedTimeoutInMinutes: 60,
        Artifacts: { Type: "NO_ARTIFACTS" },
        Cache: { Type: "NO_CACHE" },
        LogsConfig: { CloudWatchLogs: { GroupName: reference("CheckLog"), Status: "ENABLED" } },
        Environment: { Type: "ARM_CONTAINER", ComputeType: "BUILD_GENERAL1_SMALL", PrivilegedMode: false },
        Source: { Location: (publishing["Source"] as { Location: unknown }).Location },
      });
      expect((project["Source"] as { BuildSpec: string }).BuildSpec).toContain("node dist/check.js");
      const { EnvironmentVariables } = project["Environment"] as { EnvironmentVariables: { Name: string; Value: unknown }[] };
      expect(Object.fromEntries(EnvironmentVariables.map(({ Name, Value }) => [Name, Value]))).toEqual({
        REPOSITORY: "owner/name",
        BRANCH: "main",
        DATA_FOLDER: "data",
        FORGE: "github",
        FORGE_API_URL: "https://api.github.com",
        BUCKET: reference("Store"),
        FACTPRESS_DEADLINE: "900",
        FACTPRESS_MEMORY: "2048",
      });
      const own = Object.entries(grants("CheckRole")).filter(([id]) => !id.includes("assets"));
      expect(Object.fromEntries(own)).toEqual({
        Store: ["s3:GetObject", "s3:GetObject"],
        CheckLog: ["logs:CreateLogStream", "logs:PutLogEvents"],
      });
      const objects = (keys: string): object => ({ "Fn::Join": ["", [arn("Store"), keys]] });
      expect(statementsOf("CheckRole").at(-1)).toMatchObject({
        Action: "s3:GetObject",
        Resource: [objects("/*/releases.json"), objects("/.factpress/checks/*")],
      });
      expect(grants("CheckEventsRole")).toEqual({ Check: ["codebuild:StartBuild"] });
    });

    it("those that check start when validate asks for one, and their end is a message to validate, as is a start that failed", () => {
      expect(named("AWS::Events::Rule", "CheckRequested")).toMatchObject({
        EventPattern: {
          source: ["aws.s3"],
          "detail-type": ["Object Created"],
          detail: { bucket: { name: [reference("Store")] }, object: { key: [{ prefix: ".factpress/checks/" }] } },
        },
        Targets: [
          {
            Arn: arn("Check"),
            RoleArn: arn("CheckEventsRole"),
            DeadLetterConfig: { Arn: arn("ValidateQueue") },
            RetryPolicy: { MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 185 },
          },
        ],
      });
      expect(named("AWS::Events::Rule", "CheckEnded")).toMatchObject({
        EventPattern: {
          source: ["aws.codebuild"],
          "detail-type": ["CodeBuild Build State Change"],
          detail: { "project-name": [reference("Check")], "build-status": ["SUCCEEDED", "FAILED", "FAULT", "TIMED_OUT", "STOPPED"] },
        },
        Targets: [{ Arn: arn("ValidateQueue") }],
      });
      expect(named("AWS::Lambda::Function", "Validate")).toMatchObject({
        Environment: {
          Variables: {
            LARGE_BUILDS: "true",
            BUCKET: reference("Store"),
            CHECK_LOG_GROUP: reference("CheckLog"),
            CHECK_RULE: reference("CheckRequested"),
          },
        },
      });
    });

    it.each([
      ["small", "BUILD_GENERAL1_SMALL", "2048"],
      ["large", "BUILD_GENERAL1_LARGE", "11264"],
    ])("of size %s have its machine and its memory", (largeBuilds, type, heapMB) => {
      template = synthHere({ largeBuilds });
      const { Environment } = named("AWS::CodeBuild::Project", "Build");
      expect(Environment).toMatchObject({
        ComputeType: type,
        EnvironmentVariables: expect.arrayContaining([expect.objectContaining({ Name: "FACTPRESS_MEMORY", Value: heapMB })]),
      });
      // An account may have one machine of each size: a check does not delay a release of its stack.
      expect((named("AWS::CodeBuild::Project", "Check")["Environment"] as { ComputeType: string }).ComputeType).not.toBe(type);
    });
  });
});
