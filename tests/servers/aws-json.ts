import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { listening } from "./servers.ts";

/** A message as it was sent to a queue. */
interface Sent {
  QueueUrl: string;
  MessageBody: string;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
  DelaySeconds?: number;
}

export interface AwsJson {
  endpoint: string;
  /** Secrets by their ARN. A test may change them. */
  secrets: Map<string, string>;
  sent: Sent[];
  /** Receipt handles of deleted messages. */
  deleted: string[];
  /** Seconds for which failed messages were hidden. */
  hidden: number[];
  /** Attributes of every queue; the requested ones are returned. */
  attributes: Record<string, string>;
  /** How often a secret was read. */
  reads: number;
  /** Answers every request with an error of the client, which is not tried again. */
  isBroken: boolean;
  close(): Promise<void>;
}

/** The part of SQS and Secrets Manager that is needed to queue a message: their JSON protocol, with the checksum that the SDK verifies. */
export async function startAwsJson(): Promise<AwsJson> {
  const state = {
    secrets: new Map<string, string>(),
    sent: [] as Sent[],
    deleted: [] as string[],
    hidden: [] as number[],
    attributes: {} as Record<string, string>,
    reads: 0,
    isBroken: false,
  };
  const answer = (target: string, body: Record<string, string> & { AttributeNames?: string[] }): object | undefined => {
    if (state.isBroken) return undefined;
    if (target === "secretsmanager.GetSecretValue") {
      state.reads += 1;
      return { ARN: body["SecretId"], SecretString: state.secrets.get(body["SecretId"] ?? "") };
    }
    if (target === "AmazonSQS.ChangeMessageVisibility") {
      state.hidden.push(Number(body["VisibilityTimeout"]));
      return {};
    }
    if (target === "AmazonSQS.DeleteMessage") {
      state.deleted.push(body["ReceiptHandle"] ?? "");
      return {};
    }
    if (target === "AmazonSQS.GetQueueAttributes")
      return { Attributes: Object.fromEntries(Object.entries(state.attributes).filter(([name]) => body.AttributeNames?.includes(name))) };
    if (target !== "AmazonSQS.SendMessage") return undefined;
    state.sent.push(body as unknown as Sent);
    const md5 = createHash("md5").update(String(body["MessageBody"])).digest("hex");
    return { MessageId: "m", MD5OfMessageBody: md5 };
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.once("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, string>;
      const answered = answer(String(request.headers["x-amz-target"]), body);
      response.writeHead(answered ? 200 : 400, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify(answered ?? { __type: "AccessDeniedException", message: "no" }));
    });
  });
  const { port, close } = await listening(server);
  return Object.assign(state, { endpoint: `http://127.0.0.1:${port}`, close });
}
