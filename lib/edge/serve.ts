import { createHash } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { constants } from "node:zlib";
import compression from "compression";
import send from "send";
import type { Aliases } from "../pipeline/ports.ts";
import { type EdgeRequest, type EdgeResponse, loadEdgeFunction } from "./edge-function.ts";
import { CACHE, cacheControl, contentType, EVERYWHERE, isCompressed, PAGES } from "./headers.ts";

export interface Serving {
  /** Folder of the store. */
  root: string;
  aliases: Aliases;
  /** Folder with the preview of a dataset, if there is one. */
  preview?(dataset: string): string | undefined;
}

const hashes = new Map<string, string>();

/** A strong ETag from the content, as S3 gives one; kept as long as size and time of the file are the same. */
async function etagOf(path: string, { size, mtimeMs, ino }: Stats): Promise<string> {
  const id = `${path} ${ino} ${size} ${mtimeMs}`;
  const known = hashes.get(id);
  if (known) return known;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  const etag = `"${hash.digest("hex").slice(0, 32)}"`;
  if (hashes.size > 10_000) hashes.clear();
  hashes.set(id, etag);
  return etag;
}

const compress = compression({
  threshold: 0,
  brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
  filter: (_request, response) => (response as ServerResponse & { compressible?: boolean }).compressible === true,
});

function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string | Buffer,
): void {
  setHeaders(response, headers);
  response.statusCode = status;
  if (status !== 204 && status !== 304) response.setHeader("content-length", Buffer.byteLength(body));
  response.end(request.method === "HEAD" || status === 204 ? undefined : body);
}

const listed = (header: string | undefined): string[] => (header ?? "").split(",").map((tag) => tag.trim());

/**
 * What `send` leaves undone of RFC 9110: If-Match and If-Range compare strongly (13.1.1, 13.1.5), a suffix range longer
 * than the file is the whole file (14.1.2). Returns 412 where the request may not go on.
 */
function prepare(request: IncomingMessage, etag: string, size: number): number | undefined {
  const { headers } = request;
  // `send` gives a whole answer where the request says no-cache, as fetch does with every condition; the CDN does not.
  delete headers["cache-control"];
  const strong = !etag.startsWith("W/");
  const match = headers["if-match"];
  if (match !== undefined) {
    if (match.trim() !== "*" && !(strong && listed(match).includes(etag))) return 412;
    delete headers["if-match"];
  }
  const ifRange = headers["if-range"];
  if (typeof ifRange === "string" && ifRange.includes('"')) {
    if (!(strong && ifRange.trim() === etag)) delete headers.range;
    delete headers["if-range"];
  }
  const suffix = /^bytes=-(\d+)$/.exec(headers.range ?? "")?.[1];
  if (suffix !== undefined && Number(suffix) > size && size > 0) headers.range = "bytes=0-";
  return undefined;
}

async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  key: string,
  cache: string,
  status = 200,
): Promise<boolean> {
  const path = join(root, key);
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile()) return false;
  setHeaders(response, { "content-type": contentType(key), "cache-control": cache, ...PAGES });
  if (status !== 200) {
    answer(request, response, status, {}, await readFile(path));
    return true;
  }
  const accepts = listed(String(request.headers["accept-encoding"] ?? "")).some(
    (coding) => /^(gzip|br)\s*(;|$)/i.test(coding) && !/;\s*q=0(\.0*)?\s*$/i.test(coding),
  );
  const compressible = isCompressed(key, stats.size) && request.headers.range === undefined;
  if (isCompressed(key, stats.size)) response.setHeader("vary", "Accept-Encoding");
  const tag = await etagOf(path, stats);
  const etag = compressible && accepts ? `W/${tag}` : tag;
  response.setHeader("etag", etag);
  if (prepare(request, etag, stats.size) === 412) {
    answer(request, response, 412, { "cache-control": CACHE.error }, "");
    return true;
  }
  (response as ServerResponse & { compressible?: boolean }).compressible = compressible && accepts;
  await new Promise<void>((resolve) => {
    response.on("close", resolve);
    compress(request as never, response as never, () => {
      send(request, key, { root, dotfiles: "allow", cacheControl: false, etag: false, index: false })
        .on("error", (error: { status?: number; headers?: Record<string, string> }) => {
          const range: Record<string, string> = error.status === 416 ? { "content-range": `bytes */${stats.size}` } : {};
          answer(
            request,
            response,
            error.status ?? 500,
            { ...range, "cache-control": CACHE.error, "content-type": "text/plain; charset=utf-8" },
            error.status === 416 ? `The file has ${stats.size} bytes.\n` : "",
          );
        })
        .pipe(response);
    });
  });
  return true;
}

const isResponse = (result: EdgeRequest | EdgeResponse): result is EdgeResponse => "statusCode" in result;
const hidden = (key: string): boolean => key.split("/").some((part) => part === ".." || (part.startsWith(".") && part !== ".well-known"));

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

async function previewFile(request: IncomingMessage, response: ServerResponse, serving: Serving, uri: string): Promise<boolean> {
  const [, dataset = "", rest = ""] = /^\/([^/]+)\/preview\/(.*)$/.exec(uri) ?? [];
  const folder = dataset && !hidden(dataset) && serving.preview?.(dataset);
  if (!folder || (request.method !== "GET" && request.method !== "HEAD")) return false;
  const key = decodeURIComponent(rest) || "index.html";
  return !hidden(key) && serveFile(request, response, folder, key, CACHE.never);
}

async function handle(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  setHeaders(response, EVERYWHERE);
  const asked = edgeRequest(request);
  if (await previewFile(request, response, serving, asked.uri)) return;
  const edge = loadEdgeFunction(async (key) => {
    const value = await serving.aliases.get(key);
    if (value === undefined) throw new Error("KeyNotFound");
    return value;
  });
  const result = await edge(asked);
  if (isResponse(result)) {
    const headers = Object.fromEntries(Object.entries(result.headers).map(([name, { value }]) => [name, value]));
    answer(request, response, result.statusCode, headers, result.body?.data ?? "");
    return;
  }
  const key = decodeURIComponent(result.uri).slice(1);
  if (!hidden(key) && (await serveFile(request, response, serving.root, key, cacheControl(key)))) return;
  if (!(await serveFile(request, response, serving.root, "pages/404.html", CACHE.error, 404)))
    answer(
      request,
      response,
      404,
      { "content-type": "text/plain; charset=utf-8", "cache-control": CACHE.error },
      "There is no such file.\n",
    );
}

/** The local edge: answers as the CDN does, aliases by the very function that runs there. */
export const edgeServer = (serving: Serving): Server =>
  createServer((request, response) => {
    handle(request, response, serving).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else
        answer(
          request,
          response,
          error instanceof URIError ? 400 : 500,
          { "cache-control": CACHE.error, "content-type": "text/plain; charset=utf-8" },
          error instanceof URIError ? "This address is not encoded as it should be.\n" : "The server failed.\n",
        );
    });
  });
