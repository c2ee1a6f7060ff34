import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { isQueueBusy } from "../../../lambdas/publish/is-queue-busy.ts";
import { type AwsJson, startAwsJson } from "../../servers/aws-json.ts";

let aws: AwsJson;
let isBusy: typeof isQueueBusy;

beforeAll(async () => {
  aws = await startAwsJson();
  const env = { AWS_ENDPOINT_URL: aws.endpoint, AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "k", AWS_SECRET_ACCESS_KEY: "s" };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.resetModules();
  ({ isQueueBusy: isBusy } = await import("../../../lambdas/publish/is-queue-busy.ts"));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws.close();
});

const NONE = {
  ApproximateNumberOfMessages: "0",
  ApproximateNumberOfMessagesNotVisible: "0",
  ApproximateNumberOfMessagesDelayed: "0",
};

it.each<[boolean, string, Record<string, string>]>([
  [false, "no message", NONE],
  [false, "no count", {}],
  [true, "a message that waits", { ...NONE, ApproximateNumberOfMessages: "1" }],
  [true, "a message that is being handled", { ...NONE, ApproximateNumberOfMessagesNotVisible: "1" }],
  [true, "a message that is delayed", { ...NONE, ApproximateNumberOfMessagesDelayed: "12" }],
])("is %s for a queue with %s", async (busy, _what, attributes) => {
  aws.attributes = attributes;
  expect(await isBusy(`${aws.endpoint}/publish.fifo`)).toBe(busy);
});
