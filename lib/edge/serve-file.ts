import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createBrotliCompress, createGzip } from "node:zlib";
import { hasErrorCode } from "../adapters/folder/has-error-code.ts";
import { NotRegularFileError } from "../adapters/folder/not-regular-file-error.ts";
import { openRegularFile } from "../adapters/folder/open-regular-file.ts";
import { readWholeFile } from "../adapters/folder/read-regular-file.ts";
import { readablePath } from "../adapters/folder/readable-path.ts";
import type { Format } from "../formats/format.ts";
import { CACHE } from "./cache-control.ts";
import { contentType } from "./content-type.ts";
import { evaluateConditions, type Precondition, type RequestedRange } from "./evaluate-conditions.ts";
import { isCompressed } from "./is-compressed.ts";
import { type Coding, preferredCoding } from "./preferred-coding.ts";
import { setHeaders } from "./set-headers.ts";

/** Files up to this size are read whole: the bytes sent are those of the ETag, even if the file is replaced meanwhile. */
const WHOLE_BYTES = 4 * 1024 * 1024;

/** The content of a file at one moment. */
interface Snapshot {
  sizeBytes: number;
  modifiedSeconds: number;
  /** Strong: a hash of the content, as S3 has it. */
  etag: string;
  /** Bytes of the range. */
  body(range: RequestedRange): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const etagOf = (hash: string): string => `"${hash.slice(0, 32)}"`;

async function* chunksOf(file: FileHandle, { first, last }: RequestedRange): AsyncGenerator<Uint8Array> {
  if (last < first) return;
  let sent = 0;
  for await (const chunk of file.createReadStream({ start: first, end: last, autoClose: false }) as AsyncIterable<Uint8Array>) {
    sent += chunk.length;
    yield chunk;
  }
  if (sent !== last - first + 1) throw new Error("The file was truncated while it was sent");
}

const hashes = new Map<string, string>();
const MAX_HASHES = 10_000;

/** The hash of a large file, cached until the file is replaced. */
async function hashOf(file: FileHandle, sizeBytes: number): Promise<string> {
  const { dev, ino, mtimeNs, ctimeNs } = await file.stat({ bigint: true });
  const id = [dev, ino, sizeBytes, mtimeNs, ctimeNs].join(" ");
  const cached = hashes.get(id);
  if (cached) return cached;
  const hash = createHash("sha256");
  for await (const chunk of chunksOf(file, { first: 0, last: sizeBytes - 1 })) hash.update(chunk);
  if (hashes.size >= MAX_HASHES) hashes.clear();
  const digest = hash.digest("hex");
  hashes.set(id, digest);
  return digest;
}

/** The content of an open file, through its one descriptor. */
async function snapshotOf(file: FileHandle, path: string): Promise<Snapshot> {
  const { size, mtimeMs } = await file.stat();
  const modifiedSeconds = Math.floor(mtimeMs / 1000);
  if (size > WHOLE_BYTES)
    return { sizeBytes: size, modifiedSeconds, etag: etagOf(await hashOf(file, size)), body: (range) => chunksOf(file, range) };
  const bytes = await readWholeFile(file, path);
  const etag = etagOf(createHash("sha256").update(bytes).digest("hex"));
  return { sizeBytes: bytes.length, modifiedSeconds, etag, body: ({ first, last }) => [bytes.subarray(first, last + 1)] };
}

/** Opens the file at a key; undefined if there is none, or it is not a regular file: a link may lead anywhere. */
async function openKey(root: string, key: string): Promise<{ file: FileHandle; path: string } | undefined> {
  try {
    const path = await readablePath(root, key);
    return { file: await openRegularFile(path), path };
  } catch (error) {
    const isAbsent = hasErrorCode(error, "ENOENT", "ENOTDIR", "ENAMETOOLONG");
    if (isAbsent || error instanceof NotRegularFileError) return undefined;
    throw error;
  }
}

const compressor = (coding: Coding): NodeJS.ReadWriteStream =>
  coding === "gzip" ? createGzip() : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });

/** Sends a body; for HEAD, the headers only. If reading it fails, the connection is closed: a client must not mistake a part for the whole. */
async function sendBody(
  request: IncomingMessage,
  response: ServerResponse,
  body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  coding?: Coding,
) {
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  try {
    if (coding) await pipeline(Readable.from(body), compressor(coding), response);
    else await pipeline(Readable.from(body), response);
  } catch (error) {
    // The client disconnected.
    if (!hasErrorCode(error, "ERR_STREAM_PREMATURE_CLOSE")) throw error;
  }
}

/** A file of the store, and how it is answered with. */
interface Found {
  key: string;
  cache: string;
  /** 404 for the error page: conditions and ranges do not apply to it. */
  status?: 404;
  formats?: readonly Format[] | undefined;
}

const wholeRange = ({ sizeBytes }: Snapshot): RequestedRange => ({ first: 0, last: sizeBytes - 1 });

/** Sends the answer to a failed precondition or an unsatisfiable range. */
function sendFailure(request: IncomingMessage, response: ServerResponse, { sizeBytes }: Snapshot, status: 412 | 416): void {
  const text = status === 416 ? `The file has ${sizeBytes} bytes.\n` : "";
  setHeaders(response, { "cache-control": CACHE.error, "content-type": "text/plain; charset=utf-8" });
  if (status === 416) response.setHeader("content-range", `bytes */${sizeBytes}`);
  response.setHeader("content-length", text.length);
  response.end(request.method === "HEAD" ? undefined : text);
}

async function sendRange(request: IncomingMessage, response: ServerResponse, snapshot: Snapshot, range: RequestedRange): Promise<void> {
  const { first, last } = range;
  setHeaders(response, { "content-range": `bytes ${first}-${last}/${snapshot.sizeBytes}`, "content-length": String(last - first + 1) });
  await sendBody(request, response, snapshot.body(range));
}

async function sendWhole(request: IncomingMessage, response: ServerResponse, snapshot: Snapshot, coding?: Coding): Promise<void> {
  if (coding) response.setHeader("content-encoding", coding);
  else response.setHeader("content-length", snapshot.sizeBytes);
  await sendBody(request, response, snapshot.body(wholeRange(snapshot)), coding);
}

/** Ranges are of the uncompressed file. */
const codingOf = ({ method, headers }: IncomingMessage): Coding | undefined =>
  method === "GET" && headers.range !== undefined ? undefined : preferredCoding(headers["accept-encoding"]);

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  snapshot: Snapshot,
  { key, status, formats }: Found,
): Promise<void> {
  if (status !== undefined) {
    response.statusCode = status;
    return sendWhole(request, response, snapshot);
  }
  const { sizeBytes, modifiedSeconds } = snapshot;
  const isCompressible = isCompressed(key, sizeBytes, formats);
  if (isCompressible) response.setHeader("vary", "Accept-Encoding");
  const coding = isCompressible ? codingOf(request) : undefined;
  const etag = coding ? `W/${snapshot.etag}` : snapshot.etag;
  setHeaders(response, { etag, "last-modified": new Date(modifiedSeconds * 1000).toUTCString(), "accept-ranges": "bytes" });
  const result: Precondition = evaluateConditions(request.method ?? "GET", request.headers, { etag, modifiedSeconds, sizeBytes });
  response.statusCode = result.status;
  switch (result.status) {
    case 200:
      return sendWhole(request, response, snapshot, coding);
    case 206:
      return sendRange(request, response, snapshot, result.range);
    case 304:
      response.removeHeader("content-type");
      response.end();
      return;
    default:
      return sendFailure(request, response, snapshot, result.status);
  }
}

/** Answers with the file at a key below a folder; false if there is none. */
export async function serveFile(request: IncomingMessage, response: ServerResponse, root: string, found: Found): Promise<boolean> {
  const opened = await openKey(root, found.key);
  if (!opened) return false;
  const { file, path } = opened;
  try {
    setHeaders(response, { "content-type": contentType(found.key, found.formats), "cache-control": found.cache });
    await send(request, response, await snapshotOf(file, path), found);
    return true;
  } finally {
    await file.close();
  }
}
