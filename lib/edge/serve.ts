import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isPublishableName } from "../adapters/folder/checked-path.ts";
import type { Format } from "../formats/format.ts";
import type { Aliases } from "../ports/ports.ts";
import { type EdgeRequest, type EdgeResponse, loadEdgeFunction } from "./edge-function.ts";
import { CACHE, COMMON_HEADERS, cacheControl } from "./headers.ts";
import { serveFile, setHeaders } from "./serve-file.ts";

export interface Serving {
  /** Folder of the store. */
  root: string;
  aliases: Aliases;
  /** Whether the previews in it are served as well. */
  previews?: boolean;
  /** The formats that are known. Default: all of this package. */
  formats?: readonly Format[];
}

function answer(request: IncomingMessage, response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  setHeaders(response, headers);
  response.statusCode = status;
  if (status !== 204 && status !== 304) response.setHeader("content-length", Buffer.byteLength(body));
  response.end(request.method === "HEAD" || status === 204 ? undefined : body);
}

const TEXT = { "content-type": "text/plain; charset=utf-8" };

const isResponse = (result: EdgeRequest | EdgeResponse): result is EdgeResponse => "statusCode" in result;
/** What is served to nobody: names that start with a dot, and those that no store holds. */
const hidden = (key: string): boolean =>
  key.split("/").some((part) => !isPublishableName(part) || (part.startsWith(".") && part !== ".well-known"));

function edgeRequest(request: IncomingMessage): EdgeRequest {
  const [path = "/", query = ""] = (request.url ?? "/").split(/\?(.*)/s);
  const querystring: EdgeRequest["querystring"] = {};
  for (const pair of query.split("&").filter(Boolean)) {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    const before = Object.hasOwn(querystring, name) ? querystring[name] : undefined;
    querystring[name] = before ? { value, multiValue: [...(before.multiValue ?? [{ value: before.value }]), { value }] } : { value };
  }
  return { method: request.method ?? "GET", uri: path, querystring, headers: {} };
}

/** The names of this machine. Under any other one a page of somebody else asks, whose name leads here (DNS rebinding). */
const isLoopback = (host: string | undefined): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(host ?? "");

/** Where `factpress start` puts them, by dataset. */
export const PREVIEWS = ".factpress/preview";

/** What holds of a preview: nobody has published it, so that no other site may read it. */
const PREVIEW_HEADERS = { "cross-origin-resource-policy": "same-origin", "cross-origin-opener-policy": "same-origin" };

async function servePreview(request: IncomingMessage, response: ServerResponse, root: string, uri: string): Promise<boolean> {
  const [, dataset = "", rest = ""] = /^\/([^/]+)\/preview\/(.*)$/.exec(uri) ?? [];
  if (dataset === "" || (request.method !== "GET" && request.method !== "HEAD")) return false;
  const key = `${decodeURIComponent(dataset)}/${decodeURIComponent(rest) || "index.html"}`;
  if (hidden(key)) return false;
  if (!isLoopback(request.headers.host)) {
    answer(
      request,
      response,
      421,
      { ...TEXT, "cache-control": CACHE.never },
      "Previews are shown under a name of this machine only: 127.0.0.1 or localhost.\n",
    );
    return true;
  }
  for (const name of Object.keys(COMMON_HEADERS)) if (name.startsWith("access-control-")) response.removeHeader(name);
  setHeaders(response, PREVIEW_HEADERS);
  if (await serveFile(request, response, root, { key: `${PREVIEWS}/${key}`, cache: CACHE.never })) return true;
  answer(request, response, 404, { ...TEXT, "cache-control": CACHE.never }, "There is no preview of that name.\n");
  return true;
}

async function serveObject(
  request: IncomingMessage,
  response: ServerResponse,
  { root, aliases, formats }: Serving,
  asked: EdgeRequest,
): Promise<void> {
  const edge = loadEdgeFunction((key) => aliases.get(key));
  const result = await edge(asked);
  if (isResponse(result)) {
    const headers = Object.fromEntries(Object.entries(result.headers).map(([name, { value }]) => [name, value]));
    answer(request, response, result.statusCode, headers, result.body?.data ?? "");
    return;
  }
  const key = decodeURIComponent(result.uri).slice(1);
  if (!hidden(key) && (await serveFile(request, response, root, { key, cache: cacheControl(key), formats }))) return;
  if (await serveFile(request, response, root, { key: "pages/404.html", cache: CACHE.error, status: 404 })) return;
  answer(request, response, 404, { ...TEXT, "cache-control": CACHE.error }, "There is no such file.\n");
}

async function handle(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  setHeaders(response, COMMON_HEADERS);
  const asked = edgeRequest(request);
  if (serving.previews && (await servePreview(request, response, serving.root, asked.uri))) return;
  await serveObject(request, response, serving, asked);
}

/** Whoever reads the server's output sees what failed; whoever asked sees only that it did. */
function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const isBadAddress = error instanceof URIError;
  const text = isBadAddress ? "This address is not encoded as it should be.\n" : "The server failed.\n";
  answer(request, response, isBadAddress ? 400 : 500, { ...TEXT, "cache-control": CACHE.error }, text);
}

/** The local edge: answers as the CDN does, aliases by the very function that runs there. */
export const edgeServer = (serving: Serving): Server =>
  createServer((request, response) => {
    // Every error ends in an answer, or in a connection that breaks off.
    handle(request, response, serving).catch((error: unknown) => fail(request, response, error));
  });
