import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { GetPublicKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterEach, expect, it } from "vitest";
import { CLIENT_LIMITS } from "../../../../lib/adapters/aws/client-limits.ts";
import { s3Client } from "../../../../lib/adapters/aws/s3-reader.ts";
import { s3Store } from "../../../../lib/adapters/aws/s3-store.ts";
import { sourceFiles } from "../../../catch-clauses.ts";
import { ROOT } from "../../../scratch.ts";
import { listening } from "../../../servers/servers.ts";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server that takes requests and does not answer, or stops in the middle of an answer. */
async function silent(start?: string): Promise<string> {
  const server = createServer((_request, response) => {
    if (start !== undefined) response.writeHead(200, { "content-length": "100", etag: '"1"' }).write(start);
  });
  const { port, close } = await listening(server);
  closing.push(close);
  return `http://127.0.0.1:${port}`;
}

it("every AWS client has timeouts", () => {
  const texts = sourceFiles(ROOT, "lib", "lambdas").map((file) => ({ file, text: readFileSync(join(ROOT, file), "utf8") }));
  const made = texts
    .filter(({ text }) => text.includes('from "@aws-sdk/client-'))
    .flatMap(({ file, text }) => [...text.matchAll(/new \w+Client\([^;]*/g)].map(([code]) => ({ file, code })));
  expect(made.length).toBe(6);
  expect(made.filter(({ code }) => !/CLIENT_LIMITS|throwOnRequestTimeout: true|socketTimeout: \w+/.test(code))).toEqual([]);
});

it("a request that is not answered in time fails", async () => {
  const requestHandler = { ...CLIENT_LIMITS.requestHandler, requestTimeout: 100 };
  const config = { ...CLIENT_LIMITS, requestHandler, maxAttempts: 1, region: "us-east-1", endpoint: await silent(), credentials };
  const asked = new KMSClient(config).send(new GetPublicKeyCommand({ KeyId: "key" }));
  await expect(asked).rejects.toMatchObject({ name: "TimeoutError" });
});

it.each([
  ["not answered", undefined],
  ["cut off in the middle of its answer", "{"],
])(
  "a request of the store that is %s fails",
  async (_how, start) => {
    const config = { region: "us-east-1", endpoint: await silent(start), credentials, forcePathStyle: true, maxAttempts: 1 };
    const client = s3Client(config, 100);
    const store = s3Store({ bucket: "bucket", headersOf: () => ({ contentType: "", cacheControl: "" }), client });
    await expect(store.get("d/releases.json")).rejects.toMatchObject({ name: "TimeoutError" });
  },
  10_000,
);
