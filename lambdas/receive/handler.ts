import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import { parseJson } from "../../lib/json/parse-json.ts";
import type { Webhook, WebhookHeaders } from "../../lib/ports/forge.ts";
import { errorFields } from "../error-fields.ts";
import { logger } from "../logger.ts";
import { PUBLISH_GROUP } from "../messages.ts";
import { metrics, publishMetrics } from "../metrics.ts";
import { forgetSecrets, readSecret } from "../read-secret.ts";
import { setting } from "../setting.ts";
import { forgeWebhook } from "../with-forge.ts";
import { type Job, jobFor } from "./job.ts";

/** A forge waits ten seconds for a response. If the queue takes longer than this timeout, the delivery fails and can be resent. */
const sqs = new SQSClient({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
});

const respond = (statusCode: number, text: string): LambdaFunctionURLResult => ({
  statusCode,
  headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", "x-content-type-options": "nosniff" },
  body: `${text}\n`,
});

/** Base64 encodes three bytes as four characters. */
const BASE64_GROWTH = 4 / 3;

/** A function URL accepts 6 MB; the largest payload, a push of 2,048 commits, is smaller. Larger bodies are neither hashed nor parsed. */
const MAX_BODY_BYTES = 6 * 1024 * 1024;

const SECRET_REFRESH_MS = 60_000;
let nextRefreshMs = 0;

/** The secret may have changed. After a wrong signature it is read again, at most once a minute. */
async function signatureOf(headers: WebhookHeaders, body: Uint8Array): Promise<ReturnType<Webhook["signature"]>> {
  const arn = setting("WEBHOOK_SECRET_ARN");
  const signature = forgeWebhook().signature(headers, body, await readSecret(arn));
  if (signature !== "wrong" || Date.now() < nextRefreshMs) return signature;
  nextRefreshMs = Date.now() + SECRET_REFRESH_MS;
  forgetSecrets();
  return forgeWebhook().signature(headers, body, await readSecret(arn));
}

interface Identified {
  delivery: string;
  type: string;
}

let nextWarningMs = 0;

/** Anyone can send requests, so at most one line a minute is logged. */
function logRefused(line: string, identified: Identified): void {
  if (Date.now() < nextWarningMs) return;
  nextWarningMs = Date.now() + SECRET_REFRESH_MS;
  logger.warn(line, { ...identified });
}

/**
 * Refuses a delivery. Those with a wrong signature are counted: only a forge with another secret sends them, or somebody who pretends to be
 * one. They raise an alarm if ticks find what webhooks should have announced. Requests without a signature are not counted.
 */
function refuse(signature: "wrong" | "missing", identified: Identified): LambdaFunctionURLResult {
  if (signature === "missing") {
    logRefused("not signed", identified);
    return respond(401, "The signature is missing. Set the webhook's secret.");
  }
  logRefused("wrong signature", identified);
  metrics.addMetric("WrongSignature", MetricUnit.Count, 1);
  publishMetrics();
  return respond(401, "The signature does not match this webhook's secret.");
}

async function queue({ queue, message }: Extract<Job, { queue: string }>): Promise<void> {
  const MessageBody = JSON.stringify(message);
  if (queue === "validate") await sqs.send(new SendMessageCommand({ QueueUrl: setting("VALIDATE_QUEUE_URL"), MessageBody }));
  else
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: setting("PUBLISH_QUEUE_URL"),
        MessageBody,
        MessageGroupId: PUBLISH_GROUP,
        // Deduplicated by delivery only: two pushes of the same content within five minutes are distinct.
        MessageDeduplicationId: message.delivery,
      }),
    );
}

async function handleDelivery({ delivery, type }: Identified, headers: WebhookHeaders, body: Buffer): Promise<LambdaFunctionURLResult> {
  const signature = await signatureOf(headers, body);
  if (signature !== "valid") return refuse(signature, { delivery, type });
  const parsed = parseJson<unknown>(body.toString("utf8"));
  if (!parsed) return respond(400, "The body is not JSON. Set the webhook's content type to application/json.");
  const repository = forgeWebhook().repositoryOf(parsed.value);
  const job = jobFor(forgeWebhook().eventOf(type, parsed.value), { delivery, branch: setting("BRANCH") });
  if ("ignored" in job) {
    logger.info("ignored", { delivery, type, reason: job.ignored });
    return respond(202, `Ignored: ${job.ignored}.`);
  }
  if (repository?.toLowerCase() !== setting("REPOSITORY").toLowerCase()) {
    logger.info("ignored", { delivery, type, reason: "another repository", repository });
    return respond(
      202,
      `Ignored: ${setting("REPOSITORY")} is published here. If it was renamed, deploy again with its new name and the same stackName.`,
    );
  }
  await queue(job);
  logger.info("queued", { delivery, type, [job.queue]: job.message });
  return respond(202, "Queued.");
}

/** Receives webhooks: verifies the signature, queues a message, responds. */
export async function handler(event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
  if (event.requestContext?.http?.method !== "POST") return respond(405, "This address accepts webhooks only (POST).");
  if ((event.body ?? "").length > MAX_BODY_BYTES * (event.isBase64Encoded ? BASE64_GROWTH : 1))
    return respond(413, "The body is too large (maximum 6 MiB).");
  const headers = Object.fromEntries(Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  // Before anything is logged, since anyone can send requests.
  const identified = forgeWebhook().identify(headers);
  if ("problem" in identified) return respond(400, identified.problem);
  try {
    return await handleDelivery(identified, headers, Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8"));
  } catch (error) {
    // Log every failure. The forge shows the delivery as failed.
    logger.error("not queued", { ...identified, ...errorFields(error) });
    return respond(500, "The event could not be queued. Send the delivery again later.");
  }
}
