import { createServer, type Server } from "node:http";
import { GetObjectCommand, S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BuildEnded, Tick } from "../../../lambdas/messages.ts";
import type { failureMetric as Metric } from "../../../lambdas/publish/count-failure.ts";
import { scratch } from "../../scratch.ts";
import { type AwsJson, startAwsJson } from "../../servers/aws-json.ts";

let aws: AwsJson;
let s3: Server;
let status: number;
let handler: (event: SQSEvent | Tick | BuildEnded, context: Context) => Promise<SQSBatchResponse | undefined>;
let counted: string[];

beforeEach(async () => {
  aws = await startAwsJson();
  s3 = createServer((_request, response) => response.writeHead(status).end("<Error><Code>Any</Code></Error>"));
  await new Promise<void>((done) => s3.listen(0, "127.0.0.1", done));
  for (const [name, value] of Object.entries({
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(s3.address() as { port: number }).port}`,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "k",
    AWS_SECRET_ACCESS_KEY: "s",
    BUCKET: "bucket",
    REPOSITORY: "owner/name",
    BRANCH: "main",
    DATA_FOLDER: "data",
    FORGE: "github",
    FORGE_API_URL: "http://127.0.0.1:1",
    APP_SECRET_ARN: "arn:aws:secretsmanager:us-east-1:123456789012:secret:app",
    PUBLISH_QUEUE_URL: `${aws.endpoint}/publish.fifo`,
    AWS_LAMBDA_FUNCTION_NAME: "publish",
    TMPDIR: await scratch(),
    POWERTOOLS_LOG_LEVEL: "SILENT",
    POWERTOOLS_METRICS_DISABLED: "true",
  }))
    vi.stubEnv(name, value);
  vi.resetModules();
  ({ handler } = await import("../../../lambdas/publish/handler.ts"));
  const { metrics } = await import("../../../lambdas/metrics.ts");
  counted = [];
  vi.spyOn(metrics, "addMetric").mockImplementation((name) => {
    counted.push(name);
    return metrics;
  });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await aws.close();
  s3.closeAllConnections();
  await new Promise((done) => s3.close(done));
});

const context = { getRemainingTimeInMillis: () => 900_000 } as Context;

/** Hands a message to the function for the n-th time. Returns whether it comes again. */
async function comesAgain(sentMs: number, tries: number): Promise<boolean> {
  const attributes = { ApproximateReceiveCount: String(tries), SentTimestamp: String(sentMs) };
  const record = { messageId: "1", receiptHandle: "r", body: '{"delivery":"d"}', attributes };
  const { batchItemFailures } = (await handler({ Records: [record] } as unknown as SQSEvent, context)) as SQSBatchResponse;
  return batchItemFailures.length > 0;
}

describe("a tick that fails", () => {
  it.each([500, 503])("because S3 answers %i is counted as that, not as an error of the function", async (answered) => {
    status = answered;
    expect(await handler({ tick: true }, context)).toBeUndefined();
    expect(counted).toEqual(["StoreUnavailable"]);
  });

  it("because S3 cannot be reached is counted in the same way", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1");
    expect(await handler({ tick: true }, context)).toBeUndefined();
    expect(counted).toEqual(["StoreUnavailable"]);
  });

  it.each([{ tick: true, force: true } as const, { buildEnded: "SUCCEEDED" } as const])(
    "is an error of the function if no other tick does the same: %o",
    async (event) => {
      status = 503;
      await expect(handler(event, context)).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
      expect(counted).toEqual([]);
    },
  );

  it("because S3 refuses it is an error of the function", async () => {
    status = 403;
    await expect(handler({ tick: true }, context)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    expect(counted).toEqual([]);
  });
});

it("failures that the canary sees as well have a metric of their own, and others have none", async () => {
  const { failureMetric }: { failureMetric: typeof Metric } = await import("../../../lambdas/publish/count-failure.ts");
  // As the function has loaded them.
  const { CatalogueError } = await import("../../../lib/release/catalogue-error.ts");
  const { VerificationError } = await import("../../../lib/verify/verification-error.ts");
  const errors = [
    new CatalogueError("releases.json", "is damaged"),
    new VerificationError("x", "y"),
    new Error("x"),
    new TypeError("fetch failed"),
  ];
  expect(errors.map(failureMetric)).toEqual(["StoreDiffers", "StoreDiffers", undefined, undefined]);
});

it("errors of a call to AWS that sent nothing, or was answered below 500, have no metric", async () => {
  const { failureMetric }: { failureMetric: typeof Metric } = await import("../../../lambdas/publish/count-failure.ts");
  const failing = async (options: S3ClientConfig, status?: number): Promise<unknown> => {
    const credentials = { accessKeyId: "k", secretAccessKey: "s" };
    const client = new S3Client({ region: "us-east-1", maxAttempts: 1, credentials, ...options });
    if (status === undefined)
      client.middlewareStack.add(
        () => async () => {
          throw new TypeError("x is not a function");
        },
        { step: "finalizeRequest", priority: "low" },
      );
    return failureMetric((await client.send(new GetObjectCommand({ Bucket: "b", Key: "k" })).catch((error: Error) => error)) as Error);
  };
  const endpoint = process.env["AWS_ENDPOINT_URL_S3"] as string;
  // A mistake of ours, in the place where the client adds its metadata.
  expect(await failing({ endpoint })).toBeUndefined();
  status = 404;
  expect(await failing({ endpoint }, status)).toBeUndefined();
  const noCredentials = async (): Promise<never> => {
    throw new Error("The role has no credentials");
  };
  expect(await failing({ endpoint, credentials: noCredentials }, 200)).toBeUndefined();
  status = 503;
  expect(await failing({ endpoint }, status)).toBe("StoreUnavailable");
  expect(await failing({ endpoint: "http://127.0.0.1:2" }, 0)).toBe("StoreUnavailable");
  expect(await failing({ endpoint: "http://no.invalid" }, 0)).toBe("StoreUnavailable");
  const silent = createServer(() => {});
  await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
  const requestHandler = { requestTimeout: 50, throwOnRequestTimeout: true };
  const { port } = silent.address() as { port: number };
  expect(await failing({ endpoint: `http://127.0.0.1:${port}`, requestHandler }, 0)).toBe("StoreUnavailable");
  silent.closeAllConnections();
  await new Promise((done) => silent.close(done));
});

it("a message of a tick is deleted only if the function fails: otherwise Lambda deletes it", async () => {
  const record = { messageId: "1", receiptHandle: "r", body: '{"delivery":"d","isFromTick":true}', attributes: {} };
  const event = { Records: [record] } as unknown as SQSEvent;
  vi.stubEnv("AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:2");
  expect(await handler(event, context)).toEqual({ batchItemFailures: [] });
  expect([counted, aws.deleted]).toEqual([["StoreUnavailable"], []]);
  // The secret is missing.
  vi.stubEnv("AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.endpoint);
  await expect(handler(event, context)).rejects.toThrow("secret");
  expect([counted, aws.deleted]).toEqual([["StoreUnavailable"], ["r"]]);
});

it("messages that were sent before a run that was given up are given up with it, and later ones are tried", async () => {
  status = 403;
  const sentMs = Date.now() - 60_000;
  // The secret is missing: every run fails.
  expect([await comesAgain(sentMs, 1), await comesAgain(sentMs, 2), aws.hidden]).toEqual([true, true, [30, 120]]);
  expect(await comesAgain(sentMs, 3)).toBe(false);
  const reads = aws.reads;
  expect(await comesAgain(sentMs + 30_000, 1)).toBe(false);
  expect(aws.reads).toBe(reads);
  expect(await comesAgain(Date.now() + 1_000, 1)).toBe(true);
  expect(aws.reads).toBeGreaterThan(reads);
});
