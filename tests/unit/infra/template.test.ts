import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { checkStackAccount, stackSettings } from "../../../lib/infra/stack-settings.ts";
import { ROOT } from "../../scratch.ts";
import { synthHere, type Template } from "../../servers/synth.ts";

let template: Template;
beforeAll(() => {
  template = synthHere();
});

const of = (type: string) => Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
const one = (type: string, start = "") => {
  const found = of(type).filter(([id]) => id.startsWith(start));
  expect(found).toHaveLength(1);
  return (found[0] as NonNullable<(typeof found)[0]>)[1];
};
interface Statement {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Principal?: unknown;
  Resource?: unknown;
  NotResource?: unknown;
  Condition?: unknown;
}
const statements = (start: string, type = "AWS::IAM::Policy"): Statement[] =>
  of(type)
    .filter(([id]) => id.startsWith(start))
    .flatMap(([, { Properties }]) => (Properties["PolicyDocument"] as { Statement: Statement[] }).Statement);
const list = (value: string | string[]): string[] => (Array.isArray(value) ? value : [value]);

describe("the store", () => {
  it("is private, versioned and encrypted, requires TLS 1.2, and survives the deletion of the stack", () => {
    for (const [, bucket] of of("AWS::S3::Bucket")) {
      expect(bucket.DeletionPolicy).toBe("RetainExceptOnCreate");
      expect(bucket.Properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }] },
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      });
    }
    expect(one("AWS::S3::Bucket", "Store").Properties).toMatchObject({ VersioningConfiguration: { Status: "Enabled" } });
    const policy = statements("Store", "AWS::S3::BucketPolicy");
    expect(policy).toContainEqual(
      expect.objectContaining({ Effect: "Deny", Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    );
    expect(policy).toContainEqual(
      expect.objectContaining({ Effect: "Deny", Action: "s3:*", Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } } }),
    );
  });

  it("denies unconditional writes, replacing a release and deleting to everyone but the break-glass role", () => {
    const policy = statements("Store", "AWS::S3::BucketPolicy");
    const by = (sid: string): Statement => policy.find(({ Sid }) => Sid === sid) as Statement;
    const everybody = { AWS: "*" };
    const role = { ArnNotEquals: { "aws:PrincipalArn": { "Fn::GetAtt": [expect.stringMatching(/^BreakGlass/), "Arn"] } } };
    expect(by("EveryWriteIsConditional")).toMatchObject({
      Effect: "Deny",
      Principal: everybody,
      Action: "s3:PutObject",
      Condition: { Null: { "s3:if-none-match": "true", "s3:if-match": "true" } },
    });
    expect(by("ReleasesAreNotReplaced")).toMatchObject({
      Effect: "Deny",
      Principal: everybody,
      Action: "s3:PutObject",
      Condition: { Null: { "s3:if-match": "false" }, ...role },
    });
    expect(JSON.stringify(by("ReleasesAreNotReplaced").NotResource)).toMatch(
      /\/\*\/releases\.json.*\/\*\/feed\.xml.*\/pages\/\*.*\/\.factpress\/\*.*\/\.well-known\/\*/,
    );
    expect(by("FilesOfReleasesAreNotReplaced")).toMatchObject({
      Effect: "Deny",
      Principal: everybody,
      Action: "s3:PutObject",
      Condition: { Null: { "s3:if-match": "false" }, ...role },
    });
    expect(JSON.stringify(by("FilesOfReleasesAreNotReplaced").Resource)).toMatch(
      /\/\*\/\*\.\*\.\*\/feed\.xml.*\/\*\/\*\.\*\.\*\/releases\.json/,
    );
    expect(by("NothingIsDeleted")).toMatchObject({
      Effect: "Deny",
      Principal: everybody,
      Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      Condition: role,
    });
    expect(statements("Store", "AWS::S3::BucketPolicy").filter(({ Effect }) => Effect === "Allow")).toEqual([
      expect.objectContaining({
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: ["s3:GetObject", "s3:ListBucket"],
        Condition: { StringEquals: { "AWS:SourceArn": expect.anything() } },
      }),
    ]);
  });
});

describe("every policy statement of a role", () => {
  it("names its actions and its resources; wildcards only for the keys of the bucket", () => {
    const all = of("AWS::IAM::Policy").flatMap(([id, { Properties }]) =>
      (Properties["PolicyDocument"] as { Statement: Statement[] }).Statement.map((statement) => ({ id, ...statement })),
    );
    expect(all.length).toBeGreaterThan(10);
    for (const { id, Action, Resource, Effect } of all) {
      expect(Effect).toBe("Allow");
      for (const action of list(Action)) expect([id, action]).toEqual([id, expect.stringMatching(/^[a-z0-9-]+:[A-Za-z]+$/)]);
      const text = JSON.stringify(Resource);
      expect(text).not.toBe('"*"');
      if (text.includes("*")) expect([id, list(Action).every((action) => action.startsWith("s3:"))]).toEqual([id, true]);
    }
  });

  it("secrets are read only by their functions", () => {
    const reads = (role: string): string =>
      JSON.stringify(
        statements(role)
          .filter(({ Action }) => list(Action).includes("secretsmanager:GetSecretValue"))
          .map(({ Resource }) => Resource),
      );
    expect(reads("ReceiveRole")).toMatch(/WebhookSecret/);
    expect(reads("ReceiveRole")).not.toMatch(/AppSecret/);
    for (const role of ["ValidateRole", "PublishRole"]) {
      expect(reads(role)).toMatch(/AppSecret/);
      expect(reads(role)).not.toMatch(/WebhookSecret/);
    }
  });
});

describe("public surfaces", () => {
  it("are the CDN and the webhook's address, and no other", () => {
    expect(of("AWS::Lambda::Url")).toHaveLength(1);
    const open = of("AWS::Lambda::Permission").filter(([, { Properties }]) => Properties["Principal"] === "*");
    expect(open.map(([id]) => id).every((id) => id.startsWith("Receive"))).toBe(true);
    for (const [id, { Properties }] of of("AWS::SQS::QueuePolicy"))
      for (const statement of (Properties["PolicyDocument"] as { Statement: Statement[] }).Statement)
        expect([id, statement.Effect]).toEqual([id, "Deny"]);
    const functions = of("AWS::Lambda::Function");
    expect(functions).toHaveLength(4);
    for (const [, { Properties }] of functions) expect(Properties).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"] });
  });

  it("the CDN: its own access to the store, edge function, TLS, HTTP/3, compression, no query strings, errors kept for ten seconds at most", () => {
    const { DistributionConfig } = one("AWS::CloudFront::Distribution").Properties as { DistributionConfig: Record<string, unknown> };
    expect(DistributionConfig).toMatchObject({
      HttpVersion: "http2and3",
      DefaultCacheBehavior: {
        Compress: true,
        ViewerProtocolPolicy: "redirect-to-https",
        AllowedMethods: ["GET", "HEAD", "OPTIONS"],
        CachedMethods: ["GET", "HEAD"],
        FunctionAssociations: [{ EventType: "viewer-request" }],
      },
      Origins: [{ OriginAccessControlId: expect.anything() }],
    });
    const errors = DistributionConfig["CustomErrorResponses"] as { ErrorCode: number; ErrorCachingMinTTL: number; ResponseCode?: number }[];
    for (const { ErrorCode, ErrorCachingMinTTL, ResponseCode } of errors) {
      expect(ErrorCachingMinTTL).toBeLessThanOrEqual(10);
      expect(ResponseCode ?? ErrorCode).toBe(ErrorCode);
    }
    expect(one("AWS::CloudFront::CachePolicy").Properties).toMatchObject({
      CachePolicyConfig: {
        MinTTL: 0,
        ParametersInCacheKeyAndForwardedToOrigin: {
          QueryStringsConfig: { QueryStringBehavior: "none" },
          CookiesConfig: { CookieBehavior: "none" },
          HeadersConfig: { HeaderBehavior: "none" },
          EnableAcceptEncodingBrotli: true,
          EnableAcceptEncodingGzip: true,
        },
      },
    });
    // CloudFront takes CORS headers in their own section only.
    expect(one("AWS::CloudFront::ResponseHeadersPolicy").Properties).toMatchObject({
      ResponseHeadersPolicyConfig: {
        CorsConfig: {
          AccessControlAllowOrigins: { Items: ["*"] },
          AccessControlExposeHeaders: { Items: ["Content-Range", "Accept-Ranges", "Content-Length", "ETag"] },
          OriginOverride: true,
        },
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          ContentSecurityPolicy: { ContentSecurityPolicy: expect.stringContaining("default-src 'none'") },
        },
      },
    });
    expect(JSON.stringify(one("AWS::CloudFront::ResponseHeadersPolicy").Properties)).not.toMatch(/CustomHeadersConfig|immutable/);
    expect(one("AWS::CloudFront::Function").Properties["FunctionCode"]).toBe(
      readFileSync(join(ROOT, "lib/edge/viewer-request.js"), "utf8"),
    );
    expect(one("AWS::CloudFront::Function").Properties).toMatchObject({
      FunctionConfig: { Runtime: "cloudfront-js-2.0", KeyValueStoreAssociations: [expect.anything()] },
    });
  });

  it("with an own domain asks for TLS 1.2", () => {
    const own = synthHere({
      domainName: "data.example.org",
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/x",
    });
    const distribution = Object.values(own.Resources).find(({ Type }) => Type === "AWS::CloudFront::Distribution");
    expect(distribution?.Properties).toMatchObject({
      DistributionConfig: { Aliases: ["data.example.org"], ViewerCertificate: { MinimumProtocolVersion: "TLSv1.2_2021" } },
    });
  });
});

describe("queues, keys and alarms", () => {
  it("publish has an order and no deduplication by content; both have dead letters and encryption", () => {
    expect(one("AWS::SQS::Queue", "PublishQueue").Properties).toMatchObject({
      FifoQueue: true,
      ContentBasedDeduplication: false,
      SqsManagedSseEnabled: true,
      RedrivePolicy: { maxReceiveCount: 5 },
      VisibilityTimeout: 930,
    });
    expect(one("AWS::SQS::Queue", "ValidateQueue").Properties).toMatchObject({
      SqsManagedSseEnabled: true,
      RedrivePolicy: { maxReceiveCount: 5 },
    });
    for (const [, { Properties }] of of("AWS::Lambda::EventSourceMapping"))
      expect(Properties).toMatchObject({
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        ScalingConfig: { MaximumConcurrency: expect.any(Number) },
      });
    for (const [, { Properties }] of of("AWS::Lambda::Function")) expect(Properties).not.toHaveProperty("ReservedConcurrentExecutions");
  });

  it("the signing key signs ES256 and survives the deletion of the stack", () => {
    const key = one("AWS::KMS::Key");
    expect([key.Properties["KeySpec"], key.Properties["KeyUsage"], key.DeletionPolicy]).toEqual([
      "ECC_NIST_P256",
      "SIGN_VERIFY",
      "RetainExceptOnCreate",
    ]);
  });

  it("every alarm notifies someone and has its chapter in the runbook", () => {
    const runbook = readFileSync(join(ROOT, "docs/runbook.md"), "utf8");
    expect(of("AWS::CloudWatch::Alarm").length).toBeGreaterThanOrEqual(8);
    const composites = of("AWS::CloudWatch::CompositeAlarm");
    const rules = JSON.stringify(composites.map(([, { Properties }]) => Properties["AlarmRule"]));
    for (const [id, { Properties }] of [...of("AWS::CloudWatch::Alarm"), ...composites]) {
      // Some notify as a part of another one.
      if (!rules.includes(id)) expect(Properties["AlarmActions"]).toHaveLength(1);
      const [, chapter] = /docs\/runbook\.md, "([^"]+)"/.exec(Properties["AlarmDescription"] as string) ?? [];
      expect(runbook).toContain(`\n## ${chapter}\n`);
    }
    // Without it no alarm may speak: a topic with a policy of its own has no other.
    expect(statements("AlarmTopic", "AWS::SNS::TopicPolicy")).toContainEqual(
      expect.objectContaining({ Effect: "Allow", Action: "sns:Publish", Principal: { Service: "cloudwatch.amazonaws.com" } }),
    );
    for (const [, { Properties }] of of("AWS::Logs::LogGroup")) expect(Properties["RetentionInDays"]).toBe(90);
  });
});

describe("settings", () => {
  const from = (settings: Record<string, unknown>) => stackSettings((name) => settings[name]);
  it.each([
    [{}, 'The setting "repository" must name the repository'],
    [{ repository: "https://github.com/a/b" }, 'not "https://github.com/a/b"'],
    [{ repository: "a/b", domainName: "x.org" }, "belong together"],
    [{ repository: "a/b", domainName: "x.org", certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/x" }, "us-east-1"],
    [
      { repository: "a/b", dataFolder: "../data" },
      'dataFolder must be a folder of the repository, such as data or open/data, not "../data"',
    ],
    [{ repository: "a/b", dataFolder: "." }, "dataFolder must be a folder"],
    [{ repository: "a/b", logRetentionDays: "10" }, "logRetentionDays must be one of"],
    [{ repository: "a/b", receiveConcurrency: "0" }, 'receiveConcurrency must be a whole number from 1 to 9999, not "0"'],
    [{ repository: "a/b", receiveConcurrency: "many" }, "receiveConcurrency must be a whole number"],
    [{ repository: "a/b", objectLockDays: "40000" }, "objectLockDays must be a whole number from 1 to 36500"],
    [{ repository: "a/b", monthlyBudgetUsd: "20" }, "monthlyBudgetUsd needs alarmEmail"],
    [{ repository: "a/b", terminationProtection: "yes" }, 'terminationProtection must be true or false, not "yes"'],
    [{ repository: "a/b", catalogueCopyBucket: "s3://copy" }, 'catalogueCopyBucket must be the name of a bucket, not "s3://copy"'],
    [
      { repository: "a/b", largeBuilds: "true" },
      'largeBuilds must be small, medium or large: the size of the machine that builds, not "true"',
    ],
    [{ repository: "a/b", forge: "hub" }, 'forge must be one of github, not "hub"'],
    [{ repository: "a/b", forgeApiUrl: "git.example.org" }, "forgeApiUrl must be an address"],
    [{ repository: "a/b", breakGlassPrincipalArn: "admin" }, "breakGlassPrincipalArn must be the ARN of a role or user"],
  ])("%j gets one clear message", (settings, message) => {
    expect(() => from(settings)).toThrow(message);
  });

  it("name only people of the account that is deployed to for the break-glass role: it trusts no others", () => {
    const settings = from({ repository: "a/b", breakGlassPrincipalArn: "arn:aws:iam::123456789012:role/Admin" });
    expect(() => checkStackAccount(settings, "123456789012")).not.toThrow();
    expect(() => checkStackAccount(settings, "210987654321")).toThrow(
      "breakGlassPrincipalArn must be of the account that is deployed to, 210987654321, not of 123456789012",
    );
    expect(() => checkStackAccount(from({ repository: "a/b" }), "210987654321")).not.toThrow();
  });

  it("have sensible defaults", () => {
    expect(from({ repository: "a/b" })).toEqual({
      repository: "a/b",
      branch: "main",
      dataFolder: "data",
      logRetentionDays: 90,
      terminationProtection: false,
      forge: "github",
      forgeApiUrl: "https://api.github.com",
    });
    expect(from({ repository: "a/b", githubApiUrl: "https://git.example.org/api/v3" })).toMatchObject({
      forgeApiUrl: "https://git.example.org/api/v3",
    });
  });
});

it("names the repository to every function, which need not be this one", () => {
  const another = synthHere({ repository: "somebody/else", branch: "live", dataFolder: "open/tables/" });
  const functions = Object.values(another.Resources).filter(({ Type }) => Type === "AWS::Lambda::Function");
  const told = functions.map(({ Properties }) => (Properties["Environment"] as { Variables: Record<string, unknown> }).Variables);
  const withoutCanary = told.filter((variables) => variables["REPOSITORY"]);
  expect([told.length, withoutCanary.length]).toEqual([4, 3]);
  for (const variables of withoutCanary) expect(variables).toMatchObject({ REPOSITORY: "somebody/else", BRANCH: "live" });
  expect(told.map(({ DATA_FOLDER }) => DATA_FOLDER).filter(Boolean)).toEqual(["open/tables", "open/tables"]);
  expect(JSON.stringify(another)).not.toContain("owner/name");
});

it("the page that creates the GitHub App has the values of its manifest", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "docs/github-app/manifest.json"), "utf8")) as object;
  const [, text] = /const template = (\{[\s\S]*?\n {4}\});/.exec(readFileSync(join(ROOT, "docs/github-app/make.html"), "utf8")) ?? [];
  expect(new Function(`return (${text});`)()).toEqual(manifest);
});
