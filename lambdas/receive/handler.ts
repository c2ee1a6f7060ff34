import { createHmac, timingSafeEqual } from "node:crypto";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import { parseJson } from "../../lib/json/parse-json.ts";
import { forgetSecrets, type PublishMessage, secretOf, setting, type ValidateMessage } from "../lambda-context.ts";
import { errorFields, logger } from "../observability.ts";

/** GitHub waits for ten seconds: a queue that answers later than this is reported as a failed delivery, which can be sent again. */
const sqs = new SQSClient({ maxAttempts: 2, requestHandler: { connectionTimeout: 2_000, requestTimeout: 3_000 } });

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

/** Base64 writes three bytes as four characters. */
const BASE64_GROWTH = 4 / 3;

/** A function URL takes 6 MB; GitHub's largest payloads (a push of 2,048 commits) stay below. Nothing larger is hashed or parsed. */
const MAX_BODY_BYTES = 6 * 1024 * 1024;

const READ_AGAIN_MS = 60_000;
let readAgain = 0;

/** The secret may have been set since it was read: it is read again where a signature does not fit, once a minute at most. */
async function isSignedByGitHub(body: Uint8Array, header: string | undefined): Promise<boolean> {
  const arn = setting("WEBHOOK_SECRET_ARN");
  if (isSigned(body, await secretOf(arn), header)) return true;
  if (Date.now() < readAgain) return false;
  readAgain = Date.now() + READ_AGAIN_MS;
  forgetSecrets();
  return isSigned(body, await secretOf(arn), header);
}

/** As much of GitHub's payloads as is read here. */
interface Payload {
  action?: string;
  ref?: string;
  after?: string;
  deleted?: boolean;
  repository?: { full_name?: string; id?: number };
  pull_request?: { number?: number; head?: { sha?: string }; base?: { ref?: string } };
  check_suite?: Rerun;
  check_run?: Rerun & { name?: string; check_suite?: { head_branch?: string } };
  changes?: { base?: object };
}

interface Rerun {
  head_sha?: string;
  head_branch?: string | null;
  pull_requests?: { number?: number }[];
}

const SHA = /^[0-9a-f]{40}$/;
const NOBODY = /^0+$/;

type Wanted = { publish: PublishMessage } | { validate: ValidateMessage } | { nothing: string };

const validate = (sha: unknown, pull: unknown, delivery: string, again = false): Wanted =>
  typeof sha === "string" && SHA.test(sha)
    ? { validate: { sha, delivery, ...(Number.isSafeInteger(pull) ? { pull: pull as number } : {}), ...(again ? { again } : {}) } }
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
    const { action = "", pull_request: pull, changes } = payload;
    if (pull?.base?.ref !== branch) return { nothing: "it is about another branch" };
    if (action === "edited" && !changes?.base) return { nothing: "only its words were edited" };
    if (!["opened", "synchronize", "reopened", "ready_for_review", "edited"].includes(action))
      return { nothing: `nothing is done when it is ${action}` };
    return validate(pull?.head?.sha, pull?.number, delivery);
  }
  if (event === "check_suite" || event === "check_run") {
    if (payload.action !== "rerequested") return { nothing: "only a repetition that somebody asks for is of interest" };
    const run = payload.check_suite ?? payload.check_run;
    const on = payload.check_suite?.head_branch ?? payload.check_run?.check_suite?.head_branch;
    const sha = run?.head_sha ?? "";
    if (SHA.test(sha) && (payload.check_run?.name === "Factpress publish" || on === branch)) return { publish: { sha, delivery } };
    return validate(sha, run?.pull_requests?.[0]?.number, delivery, true);
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
  if ((event.body ?? "").length > MAX_BODY_BYTES * (event.isBase64Encoded ? BASE64_GROWTH : 1))
    return answer(413, "A webhook has at most 6 MiB.");
  const body = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  const delivery = headers["x-github-delivery"] ?? "";
  const kind = headers["x-github-event"] ?? "";
  // Before anything is logged: anybody can send anything here.
  if (!/^[\w-]{1,100}$/.test(delivery) || !/^\w{1,50}$/.test(kind))
    return answer(400, "The header X-GitHub-Delivery or X-GitHub-Event is missing or odd.");
  try {
    if (!(await isSignedByGitHub(body, headers["x-hub-signature-256"]))) {
      logger.warn("a request without the right signature", { delivery, kind });
      return answer(401, "The signature is not the one of this webhook's secret.");
    }
    const parsed = parseJson<Payload>(body.toString("utf8"));
    if (!parsed) return answer(400, "The body is no JSON. Set the webhook's content type to application/json.");
    const payload = parsed.value;
    const repository = payload?.repository?.full_name;
    if (kind !== "ping" && repository?.toLowerCase() !== setting("REPOSITORY").toLowerCase()) {
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
    // Every failure is logged, and GitHub shows it.
    logger.error("not queued", { delivery, kind, ...errorFields(error) });
    return answer(500, "This could not be queued. GitHub shows the delivery as failed; it can be sent again there.");
  }
}
