import type { FileHandle } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createBrotliCompress, createGzip } from "node:zlib";
import { hasErrorCode } from "../adapters/folder/has-error-code.ts";
import { NotRegularFileError } from "../adapters/folder/not-regular-file-error.ts";
import { openRegularFile } from "../adapters/folder/open-regular-file.ts";
import { readablePath } from "../adapters/folder/readable-path.ts";
import type { Format } from "../formats/format.ts";
import { CACHE } from "./cache-control.ts";
import { contentType } from "./content-type.ts";
import { evaluateConditions, type Precondition, type RequestedRange } from "./evaluate-conditions.ts";
import { type FileSnapshot, fileSnapshot } from "./file-snapshot.ts";
import { isCompressed } from "./is-compressed.ts";
import { type Coding, preferredCoding } from "./preferred-coding.ts";
import { setHeaders } from "./set-headers.ts";

/** Opens the file at a key; undefined if it does not exist or is not a regular file. A link may lead anywhere. */
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

/**
 * Sends a body, or only the headers for HEAD. If reading fails, the connection is closed, so that the client does not take a part for the
 * whole.
 */
async function sendBody(response: ServerResponse, body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, coding?: Coding) {
  if (response.req.method === "HEAD") {
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

/** A file of the store, and how to send it. */
interface FoundFile {
  key: string;
  cache: string;
  /** 404 for the error page, to which conditions and ranges do not apply. */
  status?: 404;
  formats?: readonly Format[] | undefined;
}

const wholeRange = ({ sizeBytes }: FileSnapshot): RequestedRange => ({ first: 0, last: sizeBytes - 1 });

/** Sends the response to a failed precondition or an unsatisfiable range. */
function sendFailure(response: ServerResponse, { sizeBytes }: FileSnapshot, status: 412 | 416): void {
  const text = status === 416 ? `The file has ${sizeBytes} bytes.\n` : "";
  setHeaders(response, { "cache-control": CACHE.error, "content-type": "text/plain; charset=utf-8" });
  if (status === 416) response.setHeader("content-range", `bytes */${sizeBytes}`);
  response.setHeader("content-length", text.length);
  response.end(response.req.method === "HEAD" ? undefined : text);
}

async function sendRange(response: ServerResponse, snapshot: FileSnapshot, range: RequestedRange): Promise<void> {
  const { first, last } = range;
  setHeaders(response, { "content-range": `bytes ${first}-${last}/${snapshot.sizeBytes}`, "content-length": String(last - first + 1) });
  await sendBody(response, snapshot.body(range));
}

async function sendWhole(response: ServerResponse, snapshot: FileSnapshot, coding?: Coding): Promise<void> {
  if (coding) response.setHeader("content-encoding", coding);
  else response.setHeader("content-length", snapshot.sizeBytes);
  await sendBody(response, snapshot.body(wholeRange(snapshot)), coding);
}

/** Ranges apply to the uncompressed file. */
const codingOf = ({ method, headers }: IncomingMessage): Coding | undefined =>
  method === "GET" && headers.range !== undefined ? undefined : preferredCoding(headers["accept-encoding"]);

async function send(response: ServerResponse, snapshot: FileSnapshot, { key, status, formats }: FoundFile): Promise<void> {
  if (status !== undefined) {
    response.statusCode = status;
    return sendWhole(response, snapshot);
  }
  const { sizeBytes, modifiedSeconds } = snapshot;
  const isCompressible = isCompressed(key, sizeBytes, formats);
  if (isCompressible) response.setHeader("vary", "Accept-Encoding");
  const coding = isCompressible ? codingOf(response.req) : undefined;
  const { method = "GET", headers } = response.req;
  const etag = coding ? `W/${snapshot.etag}` : snapshot.etag;
  setHeaders(response, { etag, "last-modified": new Date(modifiedSeconds * 1000).toUTCString(), "accept-ranges": "bytes" });
  const result: Precondition = evaluateConditions(method, headers, { etag, modifiedSeconds, sizeBytes });
  response.statusCode = result.status;
  switch (result.status) {
    case 200:
      return sendWhole(response, snapshot, coding);
    case 206:
      return sendRange(response, snapshot, result.range);
    case 304:
      response.removeHeader("content-type");
      response.end();
      return;
    default:
      return sendFailure(response, snapshot, result.status);
  }
}

/** Responds with the file at a key below a folder. False if there is none. */
export async function serveFile(response: ServerResponse, root: string, found: FoundFile): Promise<boolean> {
  const opened = await openKey(root, found.key);
  if (!opened) return false;
  const { file, path } = opened;
  try {
    setHeaders(response, { "content-type": contentType(found.key, found.formats), "cache-control": found.cache });
    await send(response, await fileSnapshot(file, path), found);
    return true;
  } finally {
    await file.close();
  }
}
