import type { LambdaFunctionURLEvent } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { handler } from "../../../lambdas/receive/handler.ts";

const MIB = 1024 * 1024;

const post = (body: string, isBase64Encoded: boolean, method = "POST"): Promise<unknown> =>
  handler({ requestContext: { http: { method } }, headers: {}, body, isBase64Encoded } as unknown as LambdaFunctionURLEvent);

describe("the receiver of webhooks", () => {
  beforeEach(() => void vi.stubEnv("FORGE", "github"));
  afterEach(() => void vi.unstubAllEnvs());

  it.each([
    ["text", "x".repeat(6 * MIB + 1), false],
    ["base64", "A".repeat(8 * MIB + 1), true],
  ])("refuses a body of more than 6 MiB before it hashes or parses it: %s", async (_what, body, isBase64) => {
    expect(await post(body, isBase64)).toMatchObject({ statusCode: 413, headers: { "cache-control": "no-store" } });
  });

  it.each([
    ["text", "x".repeat(6 * MIB), false],
    ["base64", "A".repeat(8 * MIB), true],
  ])("accepts a body of 6 MiB: %s", async (_what, body, isBase64) => {
    expect(await post(body, isBase64)).toMatchObject({ statusCode: 400 });
  });

  it("accepts POST only", async () => {
    expect(await post("{}", false, "GET")).toMatchObject({ statusCode: 405 });
  });
});
