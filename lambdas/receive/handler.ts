import { createHmac, timingSafeEqual } from "node:crypto";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import { errorFields, logger } from "../observability.ts";
import { type PublishMessage, secretOf, setting, type ValidateMessage } from "../surroundings.ts";

const sqs = new SQSClient({});

const answer = (statusCode: number, text: string): LambdaFunctionURLResult => ({
  statusCode,
  headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", "x-content-type-options": "nosniff" },
  body: `${text}\n`,
});

/** GitHub's signature over the bytes of the body as they came, compared in constant time. */
function isSigned(body: Uint8Array, secret: string, header: string | undefined): boolean {
  const expected = Buffer.from(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
  const given = Buffer.from(header ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** As much of GitHub's payloads as is read here. */
interface Payload {
  action?: string;
  ref?: string;
  after?: string;
  deleted?: boolean;
  repository?: { full_name?: string; id?: number };
  pull_request?: { number?: number; head?: { sha?: string }; base?: { ref?: string } };
  check_suite?: { head_sha?: string; pull_requests?: { number?: number }[] };
  check_run?: { head_sha?: string; check_suite?: object; pull_requests?: { number?: number }[] };
}

const SHA = /^[0-9a-f]{40}$/;
const NOBODY = /^0+$/;

type Wanted = { publish: PublishMessage } | { validate: ValidateMessage } | { nothing: string };

const validate = (sha: unknown, pull: unknown, delivery: string): Wanted =>
  typeof sha === "string" && SHA.test(sha)
    ? { validate: { sha, delivery, ...(Number.isSafeInteger(pull) ? { pull: pull as number } : {}) } }
    : { nothing: "it names no commit" };

/** What an event asks for. It is a hint: what is true is read from the repository later. */
function wanted(event: string, payload: Payload, delivery: string): Wanted {
  const branch = setting("BRANCH");
  if (event === "ping") return { nothing: "pong" };
  if (event === "push") {
    const { ref = "", after = "", deleted } = payload;
    if (!ref.startsWith("refs/heads/")) return { nothing: "it is not about a branch" };
    if (deleted || NOBODY.test(after)) return { nothing: "the branch is gone" };
    if (!SHA.test(after)) return { nothing: "it names no commit" };
    return ref === `refs/heads/${branch}` ? { publish: { sha: after, delivery } } : validate(after, undefined, delivery);
  }
  if (event === "pull_request") {
    const { action = "", pull_request: pull } = payload;
    if (!["opened", "synchronize", "reopened", "ready_for_review", "edited"].includes(action))
      return { nothing: `nothing is done when it is ${action}` };
    return validate(pull?.head?.sha, pull?.number, delivery);
  }
  if (event === "check_suite" || event === "check_run") {
    if (payload.action !== "rerequested") return { nothing: "only a repetition that somebody asks for is of interest" };
    const run = payload.check_suite ?? payload.check_run;
    return validate(run?.head_sha, run?.pull_requests?.[0]?.number, delivery);
  }
  return { nothing: `events of the kind ${event} are of no interest` };
}

async function queue(want: Exclude<Wanted, { nothing: string }>): Promise<void> {
  if ("publish" in want)
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: setting("PUBLISH_QUEUE_URL"),
        MessageBody: JSON.stringify(want.publish),
        MessageGroupId: setting("REPOSITORY"),
        // By delivery only: two pushes of the same content within five minutes are two pushes.
        MessageDeduplicationId: want.publish.delivery,
      }),
    );
  else await sqs.send(new SendMessageCommand({ QueueUrl: setting("VALIDATE_QUEUE_URL"), MessageBody: JSON.stringify(want.validate) }));
}

/** Takes GitHub's webhooks: verifies, sorts, queues, answers. */
export async function handler(event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
  if (event.requestContext?.http?.method !== "POST") return answer(405, "This address takes webhooks of GitHub (POST).");
  const headers = Object.fromEntries(Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const body = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  const delivery = headers["x-github-delivery"] ?? "";
  const kind = headers["x-github-event"] ?? "";
  try {
    if (!isSigned(body, await secretOf(setting("WEBHOOK_SECRET_ARN")), headers["x-hub-signature-256"])) {
      logger.warn("a request without the right signature", { delivery, kind });
      return answer(401, "The signature is not the one of this webhook's secret.");
    }
    if (!/^[\w-]{1,100}$/.test(delivery)) return answer(400, "The header X-GitHub-Delivery is missing or odd.");
    let payload: Payload;
    try {
      payload = JSON.parse(body.toString("utf8")) as Payload;
    } catch {
      return answer(400, "The body is no JSON. Set the webhook's content type to application/json.");
    }
    const repository = payload?.repository?.full_name;
    if (kind !== "ping" && repository !== setting("REPOSITORY")) {
      logger.info("ignored", { delivery, kind, why: "another repository", repository });
      return answer(202, "Ignored: this is another repository than the one that is published here.");
    }
    const want = wanted(kind, payload, delivery);
    if ("nothing" in want) {
      logger.info("ignored", { delivery, kind, why: want.nothing });
      return answer(202, `Ignored: ${want.nothing}.`);
    }
    await queue(want);
    logger.info("queued", { delivery, kind, ...want });
    return answer(202, "Queued.");
  } catch (error) {
    logger.error("not queued", { delivery, kind, ...errorFields(error) });
    return answer(500, "This could not be queued. GitHub shows the delivery as failed; it can be sent again there.");
  }
}
