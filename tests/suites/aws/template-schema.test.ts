import { beforeAll, describe, expect, it } from "vitest";
import { synthHere } from "../../servers/synth.ts";
import { loadSpec, templateViolations } from "./template-schema.ts";

let spec: Awaited<ReturnType<typeof loadSpec>>;
beforeAll(async () => {
  spec = await loadSpec();
});

describe("the synthesised template is valid by the schemas of AWS", () => {
  it.each<[string, Record<string, unknown>]>([
    ["by default", {}],
    ["with an own domain", { domainName: "data.example.org", certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/x" }],
    ["with alarms and a budget", { alarmEmail: "ops@example.org", monthlyBudgetUsd: 20, receiveConcurrency: 10 }],
    ["with builds of large datasets", { largeBuilds: "large" }],
    [
      "with a lock, a copy and a named principal",
      {
        objectLockDays: 30,
        catalogueCopyBucket: "copies",
        breakGlassPrincipalArn: "arn:aws:iam::123456789012:role/Admin",
        terminationProtection: true,
      },
    ],
  ])("%s", (_name, settings) => {
    const template = synthHere(settings);
    expect(Object.keys(template.Resources).length).toBeGreaterThan(60);
    expect(templateViolations(template, spec)).toEqual([]);
  });

  it("an invalid one fails", () => {
    const template = synthHere();
    const [id, queue] = Object.entries(template.Resources).find(([, { Type }]) => Type === "AWS::SQS::Queue") ?? [];
    if (!id || !queue) throw new Error("There is no queue");
    Object.assign(queue.Properties, { VisibilityTimout: 1, FifoQueue: "maybe" });
    template.Resources["Odd"] = { Type: "AWS::SQS::Quue", Properties: {} };
    const bucket = { Type: "AWS::S3::Bucket", Properties: { LifecycleConfiguration: { Rules: [{ Status: "On" }, 1] } } };
    template.Resources["Bucket"] = bucket;
    const policy = { Type: "AWS::S3::BucketPolicy", Properties: { Bucket: { Ref: "Bucket" } } };
    template.Resources["Policy"] = policy;
    expect(templateViolations(template, spec).sort()).toEqual(
      [
        `${id} has no property VisibilityTimout`,
        `${id}.FifoQueue is no boolean: "maybe"`,
        "Odd: AWS describes no AWS::SQS::Quue",
        'Bucket.LifecycleConfiguration.Rules[0].Status is not one of Enabled, Disabled: "On"',
        "Bucket.LifecycleConfiguration.Rules[1] is no object",
        "Policy.PolicyDocument is missing",
      ].sort(),
    );
  });
});
