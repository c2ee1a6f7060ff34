import { createServer } from "node:http";
import { afterEach, expect, it, vi } from "vitest";
import { readLogStream } from "../../../../lib/adapters/aws/read-log-stream.ts";
import { listening } from "../../../servers/servers.ts";

interface Asked {
  target: string | undefined;
  authorization: string | undefined;
  token: string | undefined;
  body: Record<string, unknown>;
}

let close: (() => Promise<void>) | undefined;
const asked: Asked[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  asked.splice(0);
  await close?.();
});

/** Answers requests for log events one after the other, the last one for ever. */
async function serve(...answers: [number, object][]): Promise<void> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { authorization, "x-amz-target": target, "x-amz-security-token": token } = request.headers;
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    asked.push({ target: target as string, authorization, token: token as string, body });
    const [status, answer] = answers[Math.min(asked.length, answers.length) - 1] as [number, object];
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
  });
  const { port, close: end } = await listening(server);
  close = end;
  vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${port}`);
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("AWS_SESSION_TOKEN", "session");
}

const page = (token: string, ...messages: string[]): [number, object] => [
  200,
  { events: messages.map((message) => ({ message })), nextForwardToken: token },
];

it("reads a stream from its start to its end, page by page, with signed requests", async () => {
  await serve(page("1", "a", "b"), page("2", "c"), page("2"));
  expect(await readLogStream("group", "stream")).toEqual(["a", "b", "c"]);
  expect(asked.map(({ body }) => body)).toEqual(
    [{}, { nextToken: "1" }, { nextToken: "2" }].map((more) => ({
      logGroupName: "group",
      logStreamName: "stream",
      startFromHead: true,
      ...more,
    })),
  );
  expect(asked[0]).toMatchObject({
    target: "Logs_20140328.GetLogEvents",
    token: "session",
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/logs\/aws4_request, SignedHeaders=\S*host;\S*x-amz-target, Signature=[0-9a-f]{64}$/,
    ),
  });
});

it("reads at most a number of pages, and nothing if there is no such stream", async () => {
  await serve(...Array.from({ length: 20 }, (_, i) => page(String(i), "line")));
  expect(await readLogStream("group", "stream")).toHaveLength(10);
  await close?.();
  await serve([400, { __type: "ResourceNotFoundException" }]);
  expect(await readLogStream("group", "none")).toEqual([]);
});

it("fails with AWS's name of the error", async () => {
  await serve([400, { __type: "com.amazonaws.logs#AccessDeniedException" }]);
  await expect(readLogStream("group", "stream")).rejects.toMatchObject({
    message: "CloudWatch Logs answered AccessDeniedException",
    $metadata: { httpStatusCode: 400 },
  });
});
