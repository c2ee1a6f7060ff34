import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";

const REQUEST_MS = 20_000;
/** Maximum pages read, of up to 1 MB each. */
const MAX_PAGES = 10;

interface LogPage {
  events?: { message?: string }[];
  nextForwardToken?: string;
}

/** SHA-256, or HMAC-SHA-256 if there is a key: the interface that the signer requires. */
class Sha256 {
  readonly #hash: { update(data: Uint8Array): unknown; digest(): Buffer };
  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = key === undefined ? createHash("sha256") : createHmac("sha256", key as string | NodeJS.ArrayBufferView);
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {}
}

/** The function's credentials, which Lambda passes in the environment. */
const credentials = async () => ({
  accessKeyId: process.env["AWS_ACCESS_KEY_ID"] ?? "",
  secretAccessKey: process.env["AWS_SECRET_ACCESS_KEY"] ?? "",
  ...(process.env["AWS_SESSION_TOKEN"] ? { sessionToken: process.env["AWS_SESSION_TOKEN"] } : {}),
});

/** One page: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html. Undefined if there is no such stream. */
async function getLogEvents(asked: object): Promise<LogPage | undefined> {
  const region = process.env["AWS_REGION"] ?? "us-east-1";
  const endpoint = new URL(process.env["AWS_ENDPOINT_URL"] ?? `https://logs.${region}.amazonaws.com`);
  const signer = new SignatureV4({ service: "logs", region, credentials, sha256: Sha256 });
  const body = JSON.stringify(asked);
  const { headers, method } = await signer.sign({
    method: "POST",
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    path: "/",
    headers: {
      host: endpoint.host,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "Logs_20140328.GetLogEvents",
    },
    body,
  });
  const response = await fetch(endpoint, { method, headers, body, signal: AbortSignal.timeout(REQUEST_MS) });
  const answer = (await response.json()) as LogPage & { __type?: string };
  if (response.ok) return answer;
  const name = answer.__type?.split("#").at(-1) ?? String(response.status);
  if (name === "ResourceNotFoundException") return undefined;
  throw Object.assign(new Error(`CloudWatch Logs answered ${name}`), { name, $metadata: { httpStatusCode: response.status } });
}

/** The events of a log stream so far, oldest first; none if there is no such stream. */
export async function readLogStream(group: string, stream: string): Promise<string[]> {
  const lines: string[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const asked = { logGroupName: group, logStreamName: stream, startFromHead: true, ...(token ? { nextToken: token } : {}) };
    const found = await getLogEvents(asked);
    lines.push(...(found?.events ?? []).map(({ message = "" }) => message));
    // At the end of the stream, the token does not change.
    if (!found?.nextForwardToken || found.nextForwardToken === token) break;
    token = found.nextForwardToken;
  }
  return lines;
}
