import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import type { Server as HttpServer } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateBucketCommand, type S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { s3Client } from "../../lib/adapters/aws/s3-reader.ts";
import { findPythonWith } from "../suites/optional.ts";

const HERE = import.meta.dirname;

export interface Server {
  endpoint: string;
  stop(): Promise<void>;
}

/** A server of a test on a free port. */
export async function listening(server: HttpServer): Promise<{ port: number; close(): Promise<void> }> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: (server.address() as { port: number }).port,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

async function untilItAnswers(endpoint: string, child: ChildProcess): Promise<void> {
  for (let i = 0; i < 600; i += 1) {
    if (child.exitCode !== null) throw new Error(`The server for ${endpoint} ended with ${child.exitCode}`);
    if (
      await fetch(endpoint).then(
        () => true,
        () => false,
      )
    )
      return;
    await sleep(100);
  }
  throw new Error(`${endpoint} does not answer`);
}

/** The ARN of a new signing key (ES256). */
export async function createKey(endpoint: string): Promise<string> {
  const client = new KMSClient({ region: "us-east-1", endpoint, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  const { KeyMetadata } = await client.send(new CreateKeyCommand({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" }));
  return KeyMetadata?.Arn as string;
}

/**
 * moto: the server that all files of a run share (tests/suites/aws/shared-moto.ts), which therefore use new names, or one of its own.
 * Starting it takes seconds.
 */
export async function startMoto(): Promise<Server> {
  const shared = process.env["FACTPRESS_MOTO"];
  if (shared !== undefined) return { endpoint: shared, stop: async () => undefined };
  const port = await freePort();
  const child = spawn(findPythonWith("moto") as string, [join(HERE, "serial-moto.py"), String(port)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = new Promise((done) => child.once("close", done));
  const endpoint = `http://127.0.0.1:${port}`;
  await untilItAnswers(endpoint, child);
  return {
    endpoint,
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

export async function startCeph(): Promise<Server> {
  const [port, monitor] = [await freePort(), await freePort()];
  const folder = await mkdtemp(join(tmpdir(), "factpress-ceph-"));
  const child = spawn(join(HERE, "ceph.sh"), [folder, String(port), String(monitor)], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((done) => child.once("close", done));
  await new Promise<void>((done, fail) => {
    child.stdout?.on("data", (text: Buffer) => text.toString().includes("ready") && done());
    child.once("close", (code) => fail(new Error(`Ceph did not start: ${code}`)));
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      child.stdin?.end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const CONFIG: S3ClientConfig = {
  region: "us-east-1",
  credentials: { accessKeyId: "testkey", secretAccessKey: "testsecret" },
  forcePathStyle: true,
};

export const motoClient = (endpoint: string): S3Client => s3Client({ ...CONFIG, endpoint });

/** Ceph 16 does not support default checksums, and compares If-Match without quotes. */
export function cephClient(endpoint: string): S3Client {
  const client = s3Client({
    ...CONFIG,
    endpoint,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      if (headers["if-match"]) headers["if-match"] = headers["if-match"].replaceAll('"', "");
      return next(args);
    },
    { step: "build", name: "bareIfMatch" },
  );
  return client;
}

export async function makeBucket(client: S3Client, name: string): Promise<string> {
  await client.send(new CreateBucketCommand({ Bucket: name }));
  return name;
}
