import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { queuePublishRun } from "../../../lambdas/publish/queue-publish-run.ts";
import { type AwsJson, startAwsJson } from "../../servers/aws-json.ts";

let aws: AwsJson;
let queueRun: typeof queuePublishRun;

beforeAll(async () => {
  aws = await startAwsJson();
  const env = { AWS_ENDPOINT_URL: aws.endpoint, AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "k", AWS_SECRET_ACCESS_KEY: "s" };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.stubEnv("PUBLISH_QUEUE_URL", `${aws.endpoint}/publish.fifo`);
  vi.resetModules();
  ({ queuePublishRun: queueRun } = await import("../../../lambdas/publish/queue-publish-run.ts"));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws.close();
});

it("queues the message after those of other runs, once for each delivery or name that is given", async () => {
  await queueRun({ sha: "a".repeat(40), delivery: "d-1" });
  await queueRun({ delivery: "d-2" }, "d-2-continued");
  const QueueUrl = `${aws.endpoint}/publish.fifo`;
  expect(aws.sent).toEqual([
    {
      ...{ QueueUrl, MessageGroupId: "publish", MessageDeduplicationId: "d-1" },
      MessageBody: `{"sha":"${"a".repeat(40)}","delivery":"d-1"}`,
    },
    { QueueUrl, MessageBody: '{"delivery":"d-2"}', MessageGroupId: "publish", MessageDeduplicationId: "d-2-continued" },
  ]);
});

it("fails if the queue does not take the message", async () => {
  aws.isBroken = true;
  await expect(queueRun({ delivery: "d-3" })).rejects.toThrow("no");
});
