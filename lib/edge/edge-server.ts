import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isPublishableName } from "../adapters/folder/is-publishable-name.ts";
import { MISSING_PAGE } from "../contract/missing-page.ts";
import { PRIVATE_FOLDER } from "../contract/private-folder.ts";
import type { Format } from "../formats/format.ts";
import type { Aliases } from "../ports/ports.ts";
import { CACHE, cacheControl } from "./cache-control.ts";
import { COMMON_HEADERS, PAGE_HEADERS } from "./headers.ts";
import { type EdgeRequest, type EdgeResponse, loadEdgeFunction } from "./load-edge-function.ts";
import { serveFile } from "./serve-file.ts";
import { setHeaders } from "./set-headers.ts";

export interface Serving {
  /** Folder of the store. */
  root: string;
  aliases: Aliases;
  /** Also serves previews from the store's folder. */
  previews?: boolean;
  /** Known formats. Default: all of this package. */
  formats?: readonly Format[];
}

interface TextResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

function answer(response: ServerResponse, { status, headers, body }: TextResponse): void {
  setHeaders(response, headers);
  response.statusCode = status;
  if (status !== 204 && status !== 304) response.setHeader("content-length", Buffer.byteLength(body));
  response.end(response.req.method === "HEAD" || status === 204 ? undefined : body);
}

const textAnswer = (status: number, cache: string, body: string): TextResponse => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8", "cache-control": cache },
  body,
});

const isResponse = (result: EdgeRequest | EdgeResponse): result is EdgeResponse => "statusCode" in result;
/** Keys that are never served: hidden files, and names that are invalid in a store. */
const isHidden = (key: string): boolean =>
  key.split("/").some((part) => !isPublishableName(part) || (part.startsWith(".") && part !== ".well-known"));

function toEdgeRequest(request: IncomingMessage): EdgeRequest {
  const [path = "/", query = ""] = (request.url ?? "/").split(/\?(.*)/s);
  const querystring: EdgeRequest["querystring"] = {};
  for (const pair of query.split("&").filter(Boolean)) {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    const before = Object.hasOwn(querystring, name) ? querystring[name] : undefined;
    querystring[name] = before ? { value, multiValue: [...(before.multiValue ?? [{ value: before.value }]), { value }] } : { value };
  }
  const { accept } = request.headers;
  return { method: request.method ?? "GET", uri: path, querystring, headers: accept === undefined ? {} : { accept: { value: accept } } };
}

/** Whether the Host header is this machine. Any other host may be a malicious page that resolves here (DNS rebinding). */
const isLoopback = (host: string | undefined): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(host ?? "");

/** Where `factpress start` puts previews, by dataset. */
export const PREVIEWS = `${PRIVATE_FOLDER}/preview`;

/** A preview is not public, so no other site may read it. */
const PREVIEW_HEADERS = { "cross-origin-resource-policy": "same-origin", "cross-origin-opener-policy": "same-origin" };

function removeCorsHeaders(response: ServerResponse): void {
  for (const name of Object.keys(COMMON_HEADERS)) if (name.startsWith("access-control-")) response.removeHeader(name);
}

async function servePreview(response: ServerResponse, root: string, uri: string): Promise<boolean> {
  const [, dataset = "", rest = ""] = /^\/([^/]+)\/preview\/(.*)$/.exec(uri) ?? [];
  const { method, headers } = response.req;
  if (dataset === "" || (method !== "GET" && method !== "HEAD")) return false;
  const key = `${decodeURIComponent(dataset)}/${decodeURIComponent(rest) || "index.html"}`;
  if (isHidden(key)) return false;
  if (!isLoopback(headers.host)) {
    const text = "Previews are only served under a name of this machine: 127.0.0.1 or localhost.\n";
    answer(response, textAnswer(421, CACHE.never, text));
    return true;
  }
  removeCorsHeaders(response);
  setHeaders(response, PREVIEW_HEADERS);
  if (await serveFile(response, root, { key: `${PREVIEWS}/${key}`, cache: CACHE.never })) return true;
  answer(response, textAnswer(404, CACHE.never, "There is no preview of that name.\n"));
  return true;
}

async function serveObject(response: ServerResponse, { root, aliases, formats }: Serving, edgeRequest: EdgeRequest): Promise<void> {
  const edge = loadEdgeFunction((key) => aliases.get(key));
  const result = await edge(edgeRequest);
  if (isResponse(result)) {
    const headers = Object.fromEntries(Object.entries(result.headers).map(([name, { value }]) => [name, value]));
    answer(response, { status: result.statusCode, headers, body: result.body?.data ?? "" });
    return;
  }
  const key = decodeURIComponent(result.uri).slice(1);
  if (!isHidden(key) && (await serveFile(response, root, { key, cache: cacheControl(key), formats }))) return;
  if (await serveFile(response, root, { key: MISSING_PAGE, cache: CACHE.error, status: 404 })) return;
  answer(response, textAnswer(404, CACHE.error, "There is no such file.\n"));
}

async function handle(response: ServerResponse, serving: Serving): Promise<void> {
  setHeaders(response, { ...COMMON_HEADERS, ...PAGE_HEADERS });
  // CloudFront adds these headers to responses to CORS requests only. The edge function adds them to all of its own.
  if (response.req.headers.origin === undefined) removeCorsHeaders(response);
  const edgeRequest = toEdgeRequest(response.req);
  if (serving.previews && (await servePreview(response, serving.root, edgeRequest.uri))) return;
  await serveObject(response, serving, edgeRequest);
}

/** Tells the client only that the request failed. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const isBadAddress = error instanceof URIError;
  const text = isBadAddress ? "The address is not valid percent-encoding.\n" : "The server failed.\n";
  answer(response, textAnswer(isBadAddress ? 400 : 500, CACHE.error, text));
}

/** The local edge: a server that responds like the CDN, with the same edge function. */
export const edgeServer = (serving: Serving): Server =>
  createServer((_request, response) => {
    // Every error becomes a response or closes the connection.
    handle(response, serving).catch((error: unknown) => fail(response, error));
  });
