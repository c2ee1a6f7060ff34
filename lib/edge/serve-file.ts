import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createBrotliCompress, createGzip } from "node:zlib";
import { readablePath } from "../adapters/folder/checked-path.ts";
import { NotPlainFileError, openPlainFile, readWhole } from "../adapters/folder/plain-file.ts";
import type { Format } from "../formats/format.ts";
import { type ByteRange, type Coding, codingFor, judge } from "./conditions.ts";
import { CACHE, contentType, isCompressed, PAGE_HEADERS } from "./headers.ts";

/** A file up to this size is read as a whole: what goes out is what the ETag was made from, whoever replaces it meanwhile. */
const WHOLE_BYTES = 4 * 1024 * 1024;

/** One state of a file. */
interface State {
  sizeBytes: number;
  modified: number;
  /** Strong, from the content, as S3 gives one. */
  etag: string;
  /** Bytes of it, both ends included. */
  body(range: ByteRange): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const etagOf = (hash: string): string => `"${hash.slice(0, 32)}"`;

async function* chunksOf(file: FileHandle, { first, last }: ByteRange): AsyncGenerator<Uint8Array> {
  if (last < first) return;
  let sent = 0;
  for await (const chunk of file.createReadStream({ start: first, end: last, autoClose: false }) as AsyncIterable<Uint8Array>) {
    sent += chunk.length;
    yield chunk;
  }
  if (sent !== last - first + 1) throw new Error("The file was cut off while it was sent");
}

const hashes = new Map<string, string>();
const MAX_HASHES = 10_000;

/** The hash of a large file, which is kept as long as the file is not replaced. */
async function hashOf(file: FileHandle, sizeBytes: number): Promise<string> {
  const { dev, ino, mtimeNs, ctimeNs } = await file.stat({ bigint: true });
  const id = [dev, ino, sizeBytes, mtimeNs, ctimeNs].join(" ");
  const known = hashes.get(id);
  if (known) return known;
  const hash = createHash("sha256");
  for await (const chunk of chunksOf(file, { first: 0, last: sizeBytes - 1 })) hash.update(chunk);
  if (hashes.size >= MAX_HASHES) hashes.clear();
  const found = hash.digest("hex");
  hashes.set(id, found);
  return found;
}

/** The state of an open file, from its one descriptor. */
async function stateOf(file: FileHandle, path: string): Promise<State> {
  const { size, mtimeMs } = await file.stat();
  const modified = Math.floor(mtimeMs / 1000);
  if (size > WHOLE_BYTES)
    return { sizeBytes: size, modified, etag: etagOf(await hashOf(file, size)), body: (range) => chunksOf(file, range) };
  const bytes = await readWhole(file, path);
  const etag = etagOf(createHash("sha256").update(bytes).digest("hex"));
  return { sizeBytes: bytes.length, modified, etag, body: ({ first, last }) => [bytes.subarray(first, last + 1)] };
}

/** Opens the file at a key; undefined where nothing stands there, or no plain file: a link may lead anywhere. */
async function openKey(root: string, key: string): Promise<{ file: FileHandle; path: string } | undefined> {
  try {
    const path = await readablePath(root, key);
    return { file: await openPlainFile(path), path };
  } catch (error) {
    const isAbsent = ["ENOENT", "ENOTDIR", "ENAMETOOLONG"].includes((error as NodeJS.ErrnoException).code ?? "");
    if (isAbsent || error instanceof NotPlainFileError) return undefined;
    throw error;
  }
}

const compressor = (coding: Coding): NodeJS.ReadWriteStream =>
  coding === "gzip" ? createGzip() : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });

export function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** Sends a body, or for HEAD the headers only. A body that breaks off closes the connection: the reader must not take a part for the whole. */
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
    // The reader went away.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
}

/** What is found, and what goes with it. */
interface Found {
  key: string;
  cache: string;
  /** 404 for the page that says so: no condition and no range applies to it. */
  status?: 404;
  formats?: readonly Format[] | undefined;
}

async function send(request: IncomingMessage, response: ServerResponse, state: State, { key, status, formats }: Found): Promise<void> {
  const { sizeBytes, modified, etag: strong, body } = state;
  const isCompressible = status === undefined && isCompressed(key, sizeBytes, formats);
  // A range is one of the file as it stands.
  const coding =
    isCompressible && !(request.method === "GET" && request.headers.range !== undefined)
      ? codingFor(request.headers["accept-encoding"])
      : undefined;
  const etag = coding ? `W/${strong}` : strong;
  if (isCompressible) response.setHeader("vary", "Accept-Encoding");
  const whole = { first: 0, last: sizeBytes - 1 };
  if (status !== undefined) {
    response.statusCode = status;
    response.setHeader("content-length", sizeBytes);
    return sendBody(request, response, body(whole));
  }
  setHeaders(response, { etag, "last-modified": new Date(modified * 1000).toUTCString(), "accept-ranges": "bytes" });
  const judged = judge(request.method ?? "GET", request.headers, { etag, modified, sizeBytes });
  response.statusCode = judged.status;
  if (judged.status === 304) {
    response.removeHeader("content-type");
    response.end();
  } else if (judged.status === 412 || judged.status === 416) {
    const text = judged.status === 416 ? `The file has ${sizeBytes} bytes.\n` : "";
    setHeaders(response, { "cache-control": CACHE.error, "content-type": "text/plain; charset=utf-8" });
    if (judged.status === 416) response.setHeader("content-range", `bytes */${sizeBytes}`);
    response.setHeader("content-length", text.length);
    response.end(request.method === "HEAD" ? undefined : text);
  } else if (judged.status === 206) {
    const { first, last } = judged.range;
    setHeaders(response, { "content-range": `bytes ${first}-${last}/${sizeBytes}`, "content-length": String(last - first + 1) });
    await sendBody(request, response, body(judged.range));
  } else {
    if (coding) response.setHeader("content-encoding", coding);
    else response.setHeader("content-length", sizeBytes);
    await sendBody(request, response, body(whole), coding);
  }
}

/** Answers with the file at a key below a folder; false where none stands there. */
export async function serveFile(request: IncomingMessage, response: ServerResponse, root: string, found: Found): Promise<boolean> {
  const opened = await openKey(root, found.key);
  if (!opened) return false;
  const { file, path } = opened;
  try {
    setHeaders(response, { "content-type": contentType(found.key, found.formats), "cache-control": found.cache, ...PAGE_HEADERS });
    await send(request, response, await stateOf(file, path), found);
    return true;
  } finally {
    await file.close();
  }
}
