import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { join } from "node:path";
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { repository } from "../../scratch.ts";
import { type GitHubServer, startGitHub } from "../../servers/github.ts";
import { type KeyValueStoreServer, startKeyValueStore } from "../../servers/keyvaluestore.ts";
import { type Assembly, type AwsCall, type AwsProxy, startAwsProxy, startLambdaWhenInvoked } from "../../servers/lambda.ts";
import { createKey, makeBucket, motoClient, type Server, startMoto } from "../../servers/servers.ts";
import type { Template } from "../../servers/synth.ts";

export const REPOSITORY = "owner/name";
export const WEBHOOK_SECRET = "a secret of the webhook";
const KVS_ARN = "arn:aws:cloudfront::123456789012:key-value-store/aliases";

type Name = "receive" | "validate" | "publish" | "canary";
type Lambda = ReturnType<typeof startLambdaWhenInvoked>;

export interface Pipeline {
  git: Awaited<ReturnType<typeof repository>>;
  github: GitHubServer;
  kvs: KeyValueStoreServer;
  moto: Server;
  bucket: string;
  functions: Record<Name, Lambda>;
  calls(): AwsCall[];
  /** Sends a webhook as GitHub does. */
  webhook(
    kind: string,
    payload: object,
    more?: { delivery?: string; signature?: string | null; base64?: boolean; body?: string },
  ): Promise<{ statusCode: number; body: string }>;
  /** Sends a push of the published branch, or of another one. */
  push(branch?: string): Promise<string>;
  /** Passes the waiting messages of a queue to its function, as Lambda's poller does. Returns how many were processed, and which failed. */
  pump(name: "validate" | "publish"): Promise<{ handled: number; failed: number }>;
  /** Errors of functions that were passed a message; each counts for their alarm. */
  errors: string[];
  /** The same with many instances of the function at once, as Lambda runs them. */
  pumpSideBySide(name: "validate", instances: number): Promise<{ handled: number; failed: number }>;
  /** Validates a commit by a message that was received a number of times. Returns the ids of failed messages. */
  validateAgain(sha: string, times: number, more?: { postponedSince?: string }): Promise<string[]>;
  /** Seconds for which the queue hides each message that failed since the last `pump`, which advances the clock by them. */
  hiddenFor(name: "validate" | "publish"): number[];
  /** Takes one message out of a queue; undefined if none waits. */
  receiveOne(name: "validate" | "publish"): Promise<unknown>;
  /** The number of delayed messages. */
  delayed(name: "validate" | "publish"): Promise<number>;
  /** Replaces secrets; the others get their correct values. */
  setSecrets(texts: { app?: string; webhook?: string }): Promise<void>;
  /** The environment that the stack gives functions and builds. */
  environment: Readonly<Record<string, string>>;
  /** Does what the schedule does. */
  tick(more?: { force?: boolean }): Promise<void>;
  restart(name: Name, env?: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
}

/** The App's. */
const KEYS = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** The visibility timeout of a queue in the stack, in seconds. */
function visibilityOf({ Resources }: Template, name: "Validate" | "Publish"): string {
  const queues = Object.entries(Resources).filter(([id, { Type }]) => Type === "AWS::SQS::Queue" && id.startsWith(`${name}Queue`));
  return String(queues[0]?.[1].Properties["VisibilityTimeout"]);
}

/** The whole pipeline: bundles in separate processes, and servers in place of AWS and GitHub. */
export async function startPipeline({ template, bundles }: Pick<Assembly, "template" | "bundles">, node: string): Promise<Pipeline> {
  const { privateKey, publicKey } = KEYS;
  const git = await repository();
  const github = await startGitHub(git.folder, REPOSITORY, publicKey);
  const kvs = await startKeyValueStore();
  const moto = await startMoto();
  const proxies: AwsProxy[] = [await startAwsProxy(moto.endpoint), await startAwsProxy(kvs.endpoint)];
  const [aws, edge] = proxies as [AwsProxy, AwsProxy];
  const config = { region: "us-east-1", endpoint: moto.endpoint, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  const bucket = await makeBucket(motoClient(moto.endpoint), `store-${randomUUID()}`);
  const sqs = new SQSClient(config);
  const queueUrl = async (name: string, attributes: Record<string, string>): Promise<string> => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
    return `http://127.0.0.1:${aws.port}${new URL(QueueUrl as string).pathname}`;
  };
  const queues = {
    validate: await queueUrl(`validate-${randomUUID()}`, { VisibilityTimeout: visibilityOf(template, "Validate") }),
    publish: await queueUrl(`publish-${randomUUID()}.fifo`, {
      FifoQueue: "true",
      ContentBasedDeduplication: "false",
      VisibilityTimeout: visibilityOf(template, "Publish"),
    }),
  };
  /** Messages that failed and are hidden. */
  const hidden: Record<keyof typeof queues, string[]> = { validate: [], publish: [] };
  const letTimeGoBy = async (name: keyof typeof queues): Promise<void> => {
    for (const ReceiptHandle of hidden[name].splice(0))
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queues[name], ReceiptHandle, VisibilityTimeout: 0 }));
  };
  const secrets = new SecretsManagerClient(config);
  const secret = async (name: string, text: string): Promise<string> =>
    (await secrets.send(new CreateSecretCommand({ Name: `${name}-${randomUUID()}`, SecretString: text }))).ARN as string;
  const webhookSecret = await secret("webhook", WEBHOOK_SECRET);
  const appSecret = await secret("app", JSON.stringify({ appId: github.appId, privateKey }));
  const common = {
    REPOSITORY,
    BRANCH: "main",
    DATA_FOLDER: "data",
    FORGE: "github",
    FORGE_API_URL: github.url,
    APP_SECRET_ARN: appSecret,
    WEBHOOK_SECRET_ARN: webhookSecret,
    VALIDATE_QUEUE_URL: queues.validate,
    PUBLISH_QUEUE_URL: queues.publish,
    BUCKET: bucket,
    KEY_VALUE_STORE_ARN: KVS_ARN,
    SIGNING_KEY_ARN: await createKey(moto.endpoint),
    SITE_URL: "https://data.example.org",
    AWS_ENDPOINT_URL: `http://127.0.0.1:${aws.port}`,
    AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: `http://localhost:${edge.port}`,
    POWERTOOLS_DEV: "false",
  };
  const start = (name: Name, more: Record<string, string> = {}): Lambda =>
    startLambdaWhenInvoked(bundles[name], node, { ...common, AWS_ACCESS_KEY_ID: name, ...more });
  const functions = { receive: start("receive"), validate: start("validate"), publish: start("publish"), canary: start("canary") };
  let deliveries = 0;
  const errors: string[] = [];
  /** The waiting messages of a queue; they stay until they are taken. */
  const waiting = async (name: keyof typeof queues): Promise<Message | undefined> =>
    (
      await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queues[name],
          MaxNumberOfMessages: 1,
          WaitTimeSeconds: 0,
          MessageSystemAttributeNames: ["ApproximateReceiveCount", "SentTimestamp"],
        }),
      )
    ).Messages?.[0];
  const take = async (name: keyof typeof queues, { ReceiptHandle }: Message): Promise<void> =>
    void (await sqs.send(new DeleteMessageCommand({ QueueUrl: queues[name], ReceiptHandle })));
  /** Whether a function processed a message successfully. */
  const handle = async (
    name: keyof typeof queues,
    { MessageId = "", Body = "", ReceiptHandle = "", Attributes = {} }: Message,
    lambda = functions[name],
  ): Promise<boolean> => {
    const event: SQSEvent = {
      Records: [
        {
          messageId: MessageId,
          receiptHandle: ReceiptHandle,
          body: Body,
          attributes: Attributes as never,
          messageAttributes: {},
          md5OfBody: "",
          eventSource: "aws:sqs",
          eventSourceARN: queues[name],
          awsRegion: "us-east-1",
        },
      ],
    };
    const failures = await lambda.invoke<SQSBatchResponse>(event).then(
      ({ batchItemFailures }) => batchItemFailures.length,
      (error: Error) => errors.push(error.message),
    );
    return failures === 0;
  };

  const pipeline: Pipeline = {
    git,
    github,
    kvs,
    moto,
    bucket,
    functions,
    errors,
    environment: common,
    calls: () => proxies.flatMap(({ calls }) => calls),
    async webhook(kind, payload, { delivery, signature, base64 = false, body = JSON.stringify(payload) } = {}) {
      deliveries += 1;
      const signed = signature === undefined ? `sha256=${createHmac("sha256", WEBHOOK_SECRET).update(body).digest("hex")}` : signature;
      return functions.receive.invoke({
        version: "2.0",
        rawPath: "/",
        headers: {
          "content-type": "application/json",
          "x-github-event": kind,
          "x-github-delivery": delivery ?? `delivery-${deliveries}-${randomUUID()}`,
          ...(signed === null ? {} : { "x-hub-signature-256": signed }),
        },
        requestContext: { http: { method: "POST", path: "/" } },
        body: base64 ? Buffer.from(body).toString("base64") : body,
        isBase64Encoded: base64,
      });
    },
    async push(branch = "main") {
      const after = await git.git("rev-parse", branch);
      await pipeline.webhook("push", {
        ref: `refs/heads/${branch}`,
        before: "0".repeat(40),
        after,
        deleted: false,
        repository: { full_name: REPOSITORY, id: 1 },
      });
      return after;
    },
    async pump(name) {
      let [handled, failed] = [0, 0];
      await letTimeGoBy(name);
      for (;;) {
        const message = await waiting(name);
        if (!message) return { handled, failed };
        handled += 1;
        if (!(await handle(name, message))) {
          failed += 1;
          const { ReceiptHandle = "" } = message;
          // A function that fails may have deleted its message.
          if (!aws.calls.some(({ deleted }) => deleted === ReceiptHandle)) hidden[name].push(ReceiptHandle);
          return { handled, failed };
        }
        await take(name, message);
      }
    },
    async pumpSideBySide(name, instances) {
      let [handled, failed] = [0, 0];
      const more = Array.from({ length: instances - 1 }, () => start(name));
      const messages: Message[] = [];
      for (let message = await waiting(name); message; message = await waiting(name)) {
        await take(name, message);
        messages.push(message);
      }
      const one = async (lambda: Lambda): Promise<void> => {
        for (let message = messages.shift(); message; message = messages.shift()) {
          handled += 1;
          if (!(await handle(name, message, lambda))) failed += 1;
        }
      };
      await Promise.all([functions[name], ...more].map(one));
      for (const lambda of more) await lambda.stop();
      return { handled, failed };
    },
    async validateAgain(sha, times, more = {}) {
      const record = {
        messageId: "1",
        body: JSON.stringify({ sha, delivery: "d", ...more }),
        attributes: { ApproximateReceiveCount: String(times) },
      };
      const { batchItemFailures } = await functions.validate.invoke<SQSBatchResponse>({ Records: [record] });
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
    hiddenFor: (name) =>
      hidden[name].map((handle) => {
        const set = aws.calls.findLast(({ visibility }) => visibility?.handle === handle);
        return set?.visibility?.seconds ?? Number(visibilityOf(template, name === "publish" ? "Publish" : "Validate"));
      }),
    async receiveOne(name) {
      const message = await waiting(name);
      if (!message) return undefined;
      await take(name, message);
      return JSON.parse(message.Body as string) as unknown;
    },
    async delayed(name) {
      const names = ["ApproximateNumberOfMessagesDelayed" as const];
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queues[name], AttributeNames: names }));
      return Number(Attributes?.ApproximateNumberOfMessagesDelayed);
    },
    async setSecrets({ app = JSON.stringify({ appId: github.appId, privateKey }), webhook = WEBHOOK_SECRET }) {
      await secrets.send(new PutSecretValueCommand({ SecretId: appSecret, SecretString: app }));
      await secrets.send(new PutSecretValueCommand({ SecretId: webhookSecret, SecretString: webhook }));
    },
    tick: (more = {}) => functions.publish.invoke({ tick: true, ...more }),
    async restart(name, env = {}) {
      await functions[name].stop();
      functions[name] = start(name, env);
      await functions[name].load();
    },
    async stop() {
      for (const each of Object.values(functions)) await each.stop();
      for (const proxy of proxies) await proxy.close();
      await github.close();
      await kvs.close();
      await moto.stop();
    },
  };
  return pipeline;
}

export const dataFolder = ({ git }: Pipeline): string => join(git.folder, "data/small");
