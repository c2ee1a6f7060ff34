import { createHash, createHmac } from "node:crypto";
import { createServer, request } from "node:http";
import { listening } from "./servers.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** The headers that Ceph requires to be signed, with the signature. */
function signed(method: string, url: URL, headers: Record<string, string>, now = new Date()): Record<string, string> {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const day = time.slice(0, 8);
  const all: Record<string, string> = { ...headers, host: url.host, "x-amz-date": time, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
  const names = Object.keys(all).sort();
  const query = [...url.searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join("&");
  const path = url.pathname
    .split("/")
    .map((part) => encoded(decodeURIComponent(part)))
    .join("/");
  const canonical = [
    method,
    path,
    query,
    ...names.map((name) => `${name}:${all[name]?.trim()}`),
    "",
    names.join(";"),
    "UNSIGNED-PAYLOAD",
  ].join("\n");
  const scope = `${day}/us-east-1/s3/aws4_request`;
  const key = ["us-east-1", "s3", "aws4_request"].reduce((key, part) => hmac(key, part), hmac("AWS4testsecret", day));
  const signature = hmac(key, ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n")).toString("hex");
  return {
    ...all,
    authorization: `AWS4-HMAC-SHA256 Credential=testkey/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}

/**
 * A proxy of Ceph's gateway for clients that lack its conventions: it signs each request again (AWS Signature
 * Version 4) with Ceph's keys, and with the bare ETag that version 16 wants in If-Match.
 */
export async function startCephFront(endpoint: string): ReturnType<typeof listening> {
  const { hostname, port } = new URL(endpoint);
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url as string, endpoint);
    const kept: Record<string, string> = {};
    for (const [name, value] of Object.entries(incoming.headers))
      if (
        typeof value === "string" &&
        /^(content-type|content-length|cache-control|if-|range|x-amz-(?!date|content-sha256|user-agent|security))/.test(name)
      )
        kept[name] = name === "if-match" ? value.replaceAll('"', "") : value;
    const forward = request(
      { host: hostname, port, method: incoming.method, path: incoming.url, headers: signed(incoming.method as string, url, kept) },
      (response) => {
        outgoing.writeHead(response.statusCode as number, response.headers);
        response.pipe(outgoing);
      },
    );
    forward.on("error", () => outgoing.destroy());
    incoming.pipe(forward);
  });
  return listening(server);
}
