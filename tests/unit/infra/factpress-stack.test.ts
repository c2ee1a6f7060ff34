import { beforeAll, describe, expect, it } from "vitest";
import { synthHere, type Template } from "../../servers/synth.ts";

let template: Template;
beforeAll(() => {
  template = synthHere({ alarmEmail: "ops@example.org", logRetentionDays: 30 });
}, 180_000);

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
const POLL = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

describe("functions", () => {
  const FORGE = {
    REPOSITORY: "owner/name",
    BRANCH: "main",
    DATA_FOLDER: "data",
    GITHUB_API_URL: "https://api.github.com",
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
        REPOSITORY: "owner/name",
        BRANCH: "main",
        WEBHOOK_SECRET_ARN: reference("WebhookSecret"),
        VALIDATE_QUEUE_URL: reference("ValidateQueue"),
        PUBLISH_QUEUE_URL: reference("PublishQueue"),
        POWERTOOLS_LOG_LEVEL: "INFO",
      },
    ],
    ["Validate", 2048, 300, 2048, { ...FORGE, VALIDATE_QUEUE_URL: reference("ValidateQueue") }],
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

  it("receive is bounded where a setting says so, and no other function is", () => {
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

  it("publish and validate are run every 15 minutes, and not again when that fails", () => {
    for (const name of ["Publish", "Validate"])
      expect(named("AWS::Events::Rule", `${name}Tick`)).toMatchObject({
        ScheduleExpression: "rate(15 minutes)",
        State: "ENABLED",
        Targets: [{ Arn: arn(name), Input: '{"tick":true}', RetryPolicy: { MaximumRetryAttempts: 0 } }],
      });
    const configurations = of("AWS::Lambda::EventInvokeConfig").map(([, properties]) => properties["MaximumRetryAttempts"]);
    expect(configurations).toEqual([0, 0]);
  });

  it.each([
    [
      "Receive",
      { WebhookSecret: ["secretsmanager:GetSecretValue"], ValidateQueue: ["sqs:SendMessage"], PublishQueue: ["sqs:SendMessage"] },
    ],
    ["Validate", { AppSecret: ["secretsmanager:GetSecretValue"], ValidateQueue: ["sqs:SendMessage", ...POLL] }],
    [
      "Publish",
      {
        AppSecret: ["secretsmanager:GetSecretValue"],
        PublishQueue: ["sqs:SendMessage", ...POLL],
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
      RedrivePolicy: { deadLetterTargetArn: arn(`${name}DeadLetters`), maxReceiveCount: 3 },
    });
    expect(queue["FifoQueue"]).toBe(fifo);
    const dead = named("AWS::SQS::Queue", `${name}DeadLetters`);
    expect(dead).toMatchObject({ MessageRetentionPeriod: 14 * 86_400, SqsManagedSseEnabled: true });
    expect(dead["FifoQueue"]).toBe(fifo);
  });
});

describe("the break-glass role", () => {
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
    expect(source).toMatchObject({ Name: "Factpress-cdn", LogType: "ACCESS_LOGS" });
    expect(destination).toMatchObject({ Name: "Factpress-cdn", OutputFormat: "parquet" });
    expect(delivery).toMatchObject({ DeliverySourceName: "Factpress-cdn", S3SuffixPath: "{yyyy}/{MM}/{dd}" });
    expect(JSON.stringify(destination)).toContain("/cdn");
    expect(JSON.stringify(named("AWS::S3::BucketPolicy", "LogsPolicy"))).toMatch(
      /"Action":"s3:PutObject","Condition":\{"StringEquals":\{"aws:SourceAccount":.*delivery\.logs\.amazonaws\.com.*\/cdn\/\*.*"Sid":"AccessLogs"/,
    );
  });
});

describe("the CDN", () => {
  it("keeps files for as long as they say, a minute where they say nothing, a year at most", () => {
    expect(of("AWS::CloudFront::CachePolicy")[0]?.[1]).toMatchObject({
      CachePolicyConfig: { MinTTL: 0, DefaultTTL: 60, MaxTTL: 31_536_000 },
    });
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

  it("lets every page of others read, without credentials, and insists on TLS for a year", () => {
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

/** What an alarm watches; a metric with a label stands in another place. */
function watched(name: string): unknown[] {
  const properties = named("AWS::CloudWatch::Alarm", name);
  const [labelled] = (properties["Metrics"] ?? []) as { MetricStat: { Metric: Record<string, unknown>; Period: number; Stat: string } }[];
  const { Metric, Period, Stat } = labelled?.MetricStat ?? {
    Metric: properties,
    Period: properties["Period"],
    Stat: properties["Statistic"],
  };
  return [Metric["Namespace"], Metric["MetricName"], Stat, Period, Metric["Dimensions"]];
}

describe("alarms", () => {
  const queue = (start: string) => [{ Name: "QueueName", Value: { "Fn::GetAtt": [expect.stringMatching(`^${start}`), "QueueName"] } }];
  const functionNamed = (start: string) => [{ Name: "FunctionName", Value: reference(start) }];
  it.each<[string, number, unknown[]]>([
    ["DeadLetters1", 1, ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", 300, queue("ValidateDeadLetters")]],
    ["DeadLetters2", 1, ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", 300, queue("PublishDeadLetters")]],
    ["Errors1", 1, ["AWS/Lambda", "Errors", "Sum", 300, functionNamed("Receive")]],
    ["Errors2", 1, ["AWS/Lambda", "Errors", "Sum", 300, functionNamed("Validate")]],
    ["Errors3", 1, ["AWS/Lambda", "Errors", "Sum", 300, functionNamed("Publish")]],
    ["PublishLag1", 900, ["AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", 300, queue("PublishQueue")]],
    ["PublishLag2", 900, ["Factpress", "MergeToRelease", "Maximum", 300, [{ Name: "service", Value: "factpress" }]]],
    [
      "EdgeErrors",
      1,
      [
        "AWS/CloudFront",
        "5xxErrorRate",
        "Average",
        300,
        [
          { Name: "DistributionId", Value: expect.objectContaining({ Ref: expect.stringMatching(/^Cdn/) }) },
          { Name: "Region", Value: "Global" },
        ],
      ],
    ],
  ])("%s watches one metric every five minutes, and is quiet where there is nothing", (name, threshold, metric) => {
    expect(watched(name)).toEqual(metric);
    expect(named("AWS::CloudWatch::Alarm", name)).toMatchObject({
      Threshold: threshold,
      EvaluationPeriods: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      TreatMissingData: "notBreaching",
      AlarmActions: [reference("AlarmTopic")],
      OKActions: [reference("AlarmTopic")],
    });
  });

  it("write to the address of the settings", () => {
    expect(of("AWS::SNS::Subscription").map(([, properties]) => properties)).toEqual([
      expect.objectContaining({ Protocol: "email", Endpoint: "ops@example.org", TopicArn: reference("AlarmTopic") }),
    ]);
  });
});

it("the stack says what it publishes, and is tagged with it", () => {
  expect(template.Description).toBe("Factpress: publishes owner/name");
  expect(named("AWS::S3::Bucket", "Store")["Tags"]).toContainEqual({ Key: "factpress:repository", Value: "owner/name" });
});
