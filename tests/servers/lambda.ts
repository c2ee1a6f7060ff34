import { type ChildProcess, execFile, fork } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { withDirectoryLock } from "../../lib/adapters/folder/with-directory-lock.ts";
import { PROGRAM, ROOT } from "../scratch.ts";
import { contextWith } from "./context-with.ts";
import { listening } from "./servers.ts";
import type { Template } from "./synth.ts";

export type { Template };

async function synth(out: string, settings: Record<string, unknown>): Promise<void> {
  await promisify(execFile)(process.execPath, ["--import", "tsx", "bin/app.ts"], {
    cwd: ROOT,
    // `npm run synth` validates: that takes as long as all the rest.
    env: { ...process.env, CDK_VALIDATION: "false", CDK_OUTDIR: out, CDK_CONTEXT_JSON: JSON.stringify(contextWith(settings)) },
    maxBuffer: 1 << 26,
  });
}

/** The path of a function's bundle in a synthesised assembly. */
function bundleOf(template: Template, out: string, name: string): string {
  const found = Object.entries(template.Resources).find(([id, { Type }]) => Type === "AWS::Lambda::Function" && id.startsWith(name));
  if (!found) throw new Error(`There is no function ${name} in the template`);
  const { S3Key } = found[1].Properties["Code"] as { S3Key: string };
  return join(out, `asset.${S3Key.replace(/\.zip$/, "")}`, "index.mjs");
}

export type Bundles = Record<"receive" | "validate" | "publish" | "canary", string>;

/** A synthesised stack: its folder, its template, and the bundles of its functions. */
export interface Assembly {
  out: string;
  template: Template;
  bundles: Bundles;
}

/** Synthesises the stack to a folder, with the bundles of its functions. */
export async function synthBundles(out: string, settings: Record<string, unknown> = {}): Promise<Assembly> {
  await synth(out, settings);
  return assemblyAt(out);
}

/** The same in a folder beside the bundled program, once for all test files of a run. */
export async function sharedBundles(kind: "plain" | "builds"): Promise<Assembly> {
  const folder = join(dirname(PROGRAM), "../stacks");
  const out = join(folder, kind);
  await withDirectoryLock(join(folder, `lock-${kind}`), async () => {
    if (!existsSync(templateIn(out))) await synth(out, kind === "builds" ? { largeBuilds: "small" } : {});
  });
  return assemblyAt(out);
}

const templateIn = (out: string): string => join(out, "Factpress-owner--name.template.json");

function assemblyAt(out: string): Assembly {
  const template = JSON.parse(readFileSync(templateIn(out), "utf8")) as Template;
  const bundle = (name: string): string => bundleOf(template, out, name);
  return {
    out,
    template,
    bundles: { receive: bundle("Receive"), validate: bundle("Validate"), publish: bundle("Publish"), canary: bundle("Canary") },
  };
}

export interface Lambda {
  loadMs: number;
  node: string;
  /** What it wrote: log lines. */
  log(): string;
  invoke<T>(event: unknown): Promise<T>;
  stop(): Promise<void>;
}

/** Compiled code of bundles: compiling takes a third of a start. */
const compileCache = (): string => join(dirname(PROGRAM), "../compile-cache");

/** A bundle in its own process, with its own temporary folder. */
export async function startLambda(bundle: string, node: string, env: Record<string, string>): Promise<Lambda> {
  const temporary = await mkdtemp(join(tmpdir(), "factpress-lambda-"));
  const child: ChildProcess = fork(join(ROOT, "tests/servers/lambda-child.mjs"), [bundle], {
    execPath: node,
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      PATH: process.env["PATH"] as string,
      AWS_REGION: "us-east-1",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_LAMBDA_FUNCTION_NAME: "f",
      TMPDIR: temporary,
      ...env,
    },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  const waiting = new Map<number, { done(value: unknown): void; fail(error: Error): void }>();
  let next = 0;
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const { loaded, node: version } = await new Promise<{ loaded: number; node: string }>((done, fail) => {
    child.once("message", (message) => done(message as never));
    child.once("close", () => fail(new Error(`The bundle did not load:\n${text}`)));
  });
  child.on("message", (message) => {
    const { id, result, error } = message as { id: number; result?: unknown; error?: string };
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.done(result);
    else call?.fail(new Error(error));
  });
  child.once("close", () => {
    for (const { fail } of waiting.values()) fail(new Error(`The function ended:\n${text.slice(-2000)}`));
  });
  return {
    loadMs: loaded,
    node: version,
    log: () => text,
    invoke: (event) =>
      new Promise((done, fail) => {
        next += 1;
        waiting.set(next, { done: done as never, fail });
        child.send({
          id: next,
          event,
          context: { awsRequestId: `r${next}`, functionName: "f", memoryLimitInMB: "512", remainingMs: 300_000 },
        });
      }),
    async stop() {
      child.kill("SIGKILL");
      await ended;
      await rm(temporary, { recursive: true, force: true });
    },
  };
}

/** The same, started by its first event, as Lambda starts it, or by `load`. */
export function startLambdaWhenInvoked(
  bundle: string,
  node: string,
  env: Record<string, string>,
): Pick<Lambda, "log" | "invoke" | "stop"> & { load(): Promise<void> } {
  let starting: Promise<Lambda> | undefined;
  let started: Lambda | undefined;
  const start = async (): Promise<Lambda> => {
    starting ??= startLambda(bundle, node, { NODE_COMPILE_CACHE: compileCache(), ...env });
    started = await starting;
    return started;
  };
  return {
    log: () => started?.log() ?? "",
    load: async () => void (await start()),
    invoke: async (event) => (await start()).invoke(event),
    stop: async () => (await starting)?.stop(),
  };
}

/** A call on AWS. */
export interface AwsCall {
  /** Access key of the caller. */
  who: string;
  /** The IAM action that it needs. */
  action: string;
  /** Its resource, as the request names it: a path, or the URL, id or ARN in the body. */
  about: string;
  /** The condition keys that AWS derives from it. */
  conditions: Record<string, string>;
  /** Set if it changes how long a message is hidden. */
  visibility?: { handle: string; seconds: number };
  /** The message that it deletes. */
  deleted?: string;
}

const NAMES_OF_RESOURCES = ["QueueUrl", "SecretId", "KeyId", "logStreamName"];

/** The resource of a call of a JSON protocol. */
function namedIn(fields: Record<string, unknown>): string {
  return String(NAMES_OF_RESOURCES.map((name) => fields[name]).find((value) => value !== undefined) ?? "");
}

/** The condition keys that AWS derives from a request. */
export function conditionsOf(url: string, headers: IncomingHttpHeaders): Record<string, string> {
  const prefix = /[?&]list-type=2/.test(url) ? (new URL(url, "http://aws").searchParams.get("prefix") ?? "") : undefined;
  const conditions = { "s3:if-match": headers["if-match"], "s3:if-none-match": headers["if-none-match"], "s3:prefix": prefix };
  return Object.fromEntries(Object.entries(conditions).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Method and path, and the IAM action. */
const S3_ACTIONS: [RegExp, RegExp, string][] = [
  [/^GET$/, /^\/[^/]+\/?\?.*list-type=2/, "s3:ListBucket"],
  [/^GET$/, /^\/[^/]+\/./, "s3:GetObject"],
  [/^HEAD$/, /^\/[^/]+\/./, "s3:GetObject"],
  [/^PUT$/, /^\/[^/]+\/./, "s3:PutObject"],
];

/** The IAM action that a request needs. `target` is its `x-amz-target`, which S3 and the KeyValueStore do not have. */
export function actionOf(method: string, url: string, target?: string, service = ""): string {
  if (target) {
    const operation = target.split(".").at(-1) as string;
    return `${["kms", "secretsmanager", "logs"].includes(service) ? service : "sqs"}:${operation}`;
  }
  if (url.startsWith("/key-value-stores/")) {
    const kind = /^\/key-value-stores\/[^/]+(\/keys)?(\/.+)?$/.exec(url.split("?")[0] as string);
    const operation = method === "POST" ? "UpdateKeys" : kind?.[2] ? "GetKey" : kind?.[1] ? "ListKeys" : "DescribeKeyValueStore";
    return `cloudfront-keyvaluestore:${operation}`;
  }
  return S3_ACTIONS.find(([verb, path]) => verb.test(method) && path.test(url))?.[2] ?? `s3:? ${method} ${url}`;
}

export interface AwsProxy {
  port: number;
  calls: AwsCall[];
  close(): Promise<void>;
}

/** A proxy of a server that speaks AWS's protocols; it records who requested what. */
export async function startAwsProxy(target: string): Promise<AwsProxy> {
  const { hostname, port } = new URL(target);
  const calls: AwsCall[] = [];
  const server = createServer((incoming, outgoing) => {
    const authorization = incoming.headers.authorization ?? "";
    const [, who = "anonymous", service = ""] = /Credential=([^/]+)\/\d+\/(?:[^/]+\/)?([a-z0-9-]+)\/aws4_request/.exec(authorization) ?? [];
    const target = incoming.headers["x-amz-target"] as string | undefined;
    const action = actionOf(incoming.method as string, incoming.url as string, target, service);
    const call: AwsCall = {
      who,
      action,
      about: incoming.url as string,
      conditions: conditionsOf(incoming.url as string, incoming.headers),
    };
    calls.push(call);
    if (target) {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.once("end", () => {
        const fields = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, unknown>;
        call.about = namedIn(fields);
        if (action === "sqs:DeleteMessage") call.deleted = String(fields["ReceiptHandle"]);
        if (action === "sqs:ChangeMessageVisibility")
          call.visibility = { handle: String(fields["ReceiptHandle"]), seconds: Number(fields["VisibilityTimeout"]) };
      });
    }
    const forward = request(
      { host: hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers },
      (response) => {
        outgoing.writeHead(response.statusCode as number, response.headers);
        response.pipe(outgoing);
      },
    );
    forward.on("error", () => outgoing.destroy());
    incoming.pipe(forward);
  });
  return { calls, ...(await listening(server)) };
}
