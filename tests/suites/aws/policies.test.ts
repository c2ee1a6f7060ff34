import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../scratch.ts";
import { synthHere } from "../../servers/synth.ts";
import { type AwsRequest, StackPolicies } from "./stack-policies.ts";

let policies: StackPolicies;
beforeAll(() => {
  policies = new StackPolicies(synthHere({ largeBuilds: "medium" }));
});

const FUNCTIONS = ["ReceiveRole", "ValidateRole", "PublishRole", "CanaryRole"];
const BUILDS = ["BuildRole", "CheckRole"];
const ROLES = [...FUNCTIONS, ...BUILDS];
const IF_ABSENT = { "s3:if-none-match": "*" };
const IF_MATCH = { "s3:if-match": '"etag"' };

const object = (key: string): string => `${policies.arn("Store")}/${key}`;
const put = (role: string, key: string, context: Record<string, string> = {}): AwsRequest => ({
  role,
  action: "s3:PutObject",
  resource: object(key),
  context,
});
const on = (role: string, action: string, resource: string): AwsRequest => ({ role, action, resource });

/** Each request with what AWS answers. */
const answers = (requests: readonly AwsRequest[]): [string, boolean][] => {
  const results = policies.evaluate(requests);
  expect(results.filter((result) => result.startsWith("error"))).toEqual([]);
  return requests.map(({ role, action, resource, context = {} }, i) => [
    `${role} ${action} ${resource.split(":").at(-1)} ${Object.keys(context).join()}`,
    results[i] === "Allowed",
  ]);
};
const allowed = (requests: readonly AwsRequest[]): string[] => answers(requests).flatMap(([what, is]) => (is ? [what] : []));
const denied = (requests: readonly AwsRequest[]): string[] => answers(requests).flatMap(([what, is]) => (is ? [] : [what]));

describe("the policies of the stack, as AWS evaluates them", () => {
  it("let publish write releases once, and replace what may be replaced", () => {
    const once = ["d/1.0.0/t.csv", "d/1.0.0/SHA256SUMS", "assets/page.js"].map((key) => put("PublishRole", key, IF_ABSENT));
    const replaced = ["d/releases.json", "d/feed.xml", "pages/d/1.0.0/index.html", ".factpress/settled.json", ".well-known/jwks.json"];
    expect(
      denied([...once, ...replaced.flatMap((key) => [put("PublishRole", key, IF_ABSENT), put("PublishRole", key, IF_MATCH)])]),
    ).toEqual([]);
  });

  it("let a build write what publish writes, start nothing, and read no other secret", () => {
    const once = put("BuildRole", "d/1.0.0/t.csv", IF_ABSENT);
    expect(
      denied([once, put("BuildRole", "d/releases.json", IF_MATCH), on("BuildEventsRole", "codebuild:StartBuild", policies.arn("Build"))]),
    ).toEqual([]);
    const build = (action: string): AwsRequest[] => [...ROLES, "BreakGlass"].map((role) => on(role, action, policies.arn("Build")));
    const others = [
      put("BuildRole", "d/1.0.0/t.csv"),
      put("BuildRole", "d/1.0.0/t.csv", IF_MATCH),
      on("BuildRole", "s3:GetObject", "arn:aws:s3:::another/dist/program.js"),
      on("BuildEventsRole", "secretsmanager:GetSecretValue", policies.arn("AppSecret")),
      on("BuildEventsRole", "codebuild:StartBuild", policies.arn("Build").replace(/[^/]+$/, "another")),
    ];
    expect(allowed([...build("codebuild:StartBuild"), ...build("codebuild:UpdateProject"), ...others])).toEqual([]);
  });

  it("let validate and a build that checks read catalogues, and nothing else of a dataset", () => {
    const reads = (key: string) => ["ValidateRole", "CheckRole"].map((role) => on(role, "s3:GetObject", object(key)));
    expect(denied(reads("d/releases.json"))).toEqual([]);
    const others = [
      "d/feed.xml",
      "d/1.0.0/t.csv",
      "d/1.0.0/datapackage.json",
      "releases.json",
      ".factpress/cursors/d.json",
      "pages/index.html",
    ];
    expect(allowed(others.flatMap(reads))).toEqual([]);
    expect(allowed(["ReceiveRole", "CanaryRole"].map((role) => on(role, "s3:GetObject", object("d/releases.json"))))).toEqual([]);
  });

  it("let the canary read the signed head and look up its key, and no other object", () => {
    const head = ".well-known/factpress-head.json";
    const list = (prefix: string): AwsRequest => ({
      ...on("CanaryRole", "s3:ListBucket", policies.arn("Store")),
      context: { "s3:prefix": prefix },
    });
    expect(denied([on("CanaryRole", "s3:GetObject", object(head)), list(".well-known/")])).toEqual([]);
    const others = [".well-known/jwks.json", ".factpress/settled.json", "d/1.0.0/t.csv"].map((key) =>
      on("CanaryRole", "s3:GetObject", object(key)),
    );
    const writes = [IF_ABSENT, IF_MATCH].map((condition) => put("CanaryRole", head, condition));
    expect(allowed([...others, ...writes, list(""), list(".factpress/"), list("d/")])).toEqual([]);
  });

  it("let a build that checks read its request, and write nothing but its log", () => {
    const request = `.factpress/checks/${"a".repeat(40)}.json`;
    const log = policies.arn("CheckLog").replace(/\*$/, "log-stream:1");
    const own = [
      on("CheckRole", "s3:GetObject", object(request)),
      on("CheckRole", "logs:PutLogEvents", log),
      on("CheckEventsRole", "codebuild:StartBuild", policies.arn("Check")),
      ...[IF_ABSENT, IF_MATCH].map((condition) => put("ValidateRole", request, condition)),
      on("ValidateRole", "s3:GetObject", object(request)),
      on("ValidateRole", "logs:GetLogEvents", log),
    ];
    expect(denied(own)).toEqual([]);
    const keys = [
      request,
      ".factpress/large-build.json",
      ".factpress/settled.json",
      "d/releases.json",
      "d/1.0.0/t.csv",
      "pages/index.html",
    ];
    const writes = keys.flatMap((key) => [put("CheckRole", key, IF_ABSENT), put("CheckRole", key, IF_MATCH)]);
    const beside = keys.slice(1).flatMap((key) => [put("ValidateRole", key, IF_ABSENT), put("ValidateRole", key, IF_MATCH)]);
    const unread = keys.slice(1).filter((key) => key !== "d/releases.json");
    const reads = unread.flatMap((key) => ["CheckRole", "ValidateRole"].map((role) => on(role, "s3:GetObject", object(key))));
    const logs = [
      on("CheckRole", "logs:PutLogEvents", policies.arn("ValidateLog").replace(/\*$/, "log-stream:1")),
      on("CheckRole", "logs:PutLogEvents", policies.arn("BuildLog").replace(/\*$/, "log-stream:1")),
      ...["logs:GetLogEvents", "logs:DescribeLogStreams", "logs:DeleteLogStream"].map((action) => on("CheckRole", action, log)),
      on("ValidateRole", "logs:GetLogEvents", policies.arn("BuildLog").replace(/\*$/, "log-stream:1")),
    ];
    const others = [
      put("ValidateRole", request),
      ...["AppSecret", "WebhookSecret"].map((name) => on("CheckRole", "secretsmanager:GetSecretValue", policies.arn(name))),
      ...["kms:Sign", "kms:GetPublicKey"].map((action) => on("CheckRole", action, policies.arn("SigningKey"))),
      on("CheckRole", "cloudfront-keyvaluestore:GetKey", policies.arn("Aliases")),
      on("CheckRole", "s3:ListBucket", policies.arn("Store")),
      ...["CheckRole", "ValidateRole", "BuildRole"].map((role) => on(role, "codebuild:StartBuild", policies.arn("Check"))),
      on("BuildEventsRole", "codebuild:StartBuild", policies.arn("Check")),
      on("CheckEventsRole", "codebuild:StartBuild", policies.arn("Build")),
    ];
    expect(allowed([...writes, ...beside, ...reads, ...logs, ...others])).toEqual([]);
  });

  it("deny everyone, administrators included, unconditional writes and replacing a file of a release", () => {
    const keys = [
      "d/1.0.0/t.csv",
      "d/1.0.0/SHA256SUMS",
      "d/1.0.0/releases.json",
      "d/1.0.0/feed.xml",
      "d/10.20.30/deep/releases.json",
      "assets/page.js",
    ];
    const replaced = keys.flatMap((key) => ["PublishRole", "administrator"].map((role) => put(role, key, IF_MATCH)));
    const unconditional = [...keys, "d/releases.json", "pages/index.html"].flatMap((key) =>
      ["PublishRole", "BreakGlass", "administrator"].map((role) => put(role, key)),
    );
    expect(allowed([...replaced, ...unconditional])).toEqual([]);
  });

  it("let only the break-glass role delete, and allow it nothing else", () => {
    const others = [...ROLES, "administrator"];
    const deletions = others.flatMap((role) =>
      ["s3:DeleteObject", "s3:DeleteObjectVersion"].flatMap((action) =>
        ["d/1.0.0/t.csv", "d/releases.json"].map((key) => on(role, action, object(key))),
      ),
    );
    const secrets = ["AppSecret", "WebhookSecret"].map((name) => on("BreakGlass", "secretsmanager:GetSecretValue", policies.arn(name)));
    const signing = [
      on("BreakGlass", "kms:Sign", policies.arn("SigningKey")),
      on("BreakGlass", "sqs:SendMessage", policies.arn("PublishQueue")),
    ];
    expect(allowed([...deletions, ...secrets, ...signing])).toEqual([]);
    const own = [on("BreakGlass", "s3:DeleteObjectVersion", object("d/1.0.0/t.csv")), put("BreakGlass", "d/1.0.0/t.csv", IF_MATCH)];
    expect(denied(own)).toEqual([]);
  });

  it("let each function use only its own queues, secrets and key", () => {
    const forbidden: [string, string, string[]][] = [
      ["sqs:SendMessage", "PublishQueue", ["ValidateRole", "CanaryRole", ...BUILDS]],
      ["sqs:SendMessage", "ValidateQueue", ["CanaryRole", ...BUILDS]],
      ["sqs:SendMessage", "PublishDeadLetters", ROLES],
      ["sqs:SendMessage", "ValidateDeadLetters", ROLES],
      ["sqs:ReceiveMessage", "ValidateQueue", ["ReceiveRole", "PublishRole", "CanaryRole", ...BUILDS]],
      ["sqs:ReceiveMessage", "PublishQueue", ["ReceiveRole", "ValidateRole", "CanaryRole", ...BUILDS]],
      ["sqs:PurgeQueue", "PublishQueue", ROLES],
      ["secretsmanager:GetSecretValue", "AppSecret", ["ReceiveRole", "CanaryRole", "CheckRole"]],
      ["secretsmanager:GetSecretValue", "WebhookSecret", ["ValidateRole", "PublishRole", "CanaryRole", ...BUILDS]],
      ["secretsmanager:PutSecretValue", "AppSecret", ROLES],
      ["kms:Sign", "SigningKey", ["ReceiveRole", "ValidateRole", "CanaryRole"]],
      ["kms:ScheduleKeyDeletion", "SigningKey", ROLES],
      ["kms:PutKeyPolicy", "SigningKey", ROLES],
      ["cloudfront-keyvaluestore:UpdateKeys", "Aliases", ["ReceiveRole", "ValidateRole", "CanaryRole"]],
      ["s3:ListBucket", "Store", ["ReceiveRole", "ValidateRole", "CanaryRole"]],
      ["s3:PutBucketPolicy", "Store", ROLES],
      ["s3:PutLifecycleConfiguration", "Store", ROLES],
      ["s3:PutBucketVersioning", "Store", ROLES],
      ["s3:ListBucket", "Logs", ROLES],
    ];
    const requests = forbidden.flatMap(([action, resource, roles]) => roles.map((role) => on(role, action, policies.arn(resource))));
    const objects = ["ReceiveRole", "ValidateRole", "CanaryRole"].flatMap((role) => [
      on(role, "s3:GetObject", object("d/1.0.0/t.csv")),
      put(role, "d/1.0.0/t.csv", IF_ABSENT),
    ]);
    const others = [
      on("PublishRole", "sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:another"),
      on("PublishRole", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:123456789012:secret:another-AbCdEf"),
      put("PublishRole", "d/1.0.0/t.csv", { ...IF_ABSENT, "aws:SecureTransport": "false" }),
      { ...put("PublishRole", "d/1.0.0/t.csv", IF_ABSENT), resource: "arn:aws:s3:::another/d/1.0.0/t.csv" },
    ];
    expect(allowed([...requests, ...objects, ...others])).toEqual([]);
  });

  it("let only people of IAM Identity Center assume the break-glass role if a setting names them as the runbook says; otherwise people with MFA", () => {
    const runbook = readFileSync(join(ROOT, "docs/runbook.md"), "utf8");
    const [, pattern = ""] = /`(arn:aws:iam::ACCOUNT:role\/aws-reserved\/[^`]+)`/.exec(runbook) ?? [];
    // The path names the region of Identity Center, but us-east-1.
    const sso = (name: string, region: string) =>
      `arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com${region}/AWSReservedSSO_${name}_0123456789abcdef`;
    const named = new StackPolicies(
      synthHere({ breakGlassPrincipalArn: pattern.replace("ACCOUNT", "123456789012").replace("NAME", "Admin") }),
    );
    const assume = (of: StackPolicies, role: string, mfa: string): string =>
      of.evaluate([
        { role, action: "sts:AssumeRole", resource: of.arn("BreakGlass"), context: { "aws:MultiFactorAuthPresent": mfa } },
      ])[0] ?? "";
    expect(["", "/eu-west-1"].map((region) => assume(named, sso("Admin", region), "false"))).toEqual(["Allowed", "Allowed"]);
    expect(["", "/eu-west-1"].map((region) => assume(named, sso("Reader", region), "true"))).not.toContain("Allowed");
    expect(assume(named, "arn:aws:iam::123456789012:role/AWSReservedSSO_Admin_0", "true")).not.toBe("Allowed");
    expect(assume(named, "administrator", "true")).not.toBe("Allowed");
    expect(assume(policies, "administrator", "true")).toBe("Allowed");
    expect(assume(policies, sso("Admin", ""), "false")).not.toBe("Allowed");
  });
});
