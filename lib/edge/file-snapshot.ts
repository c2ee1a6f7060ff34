import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { readWholeFile } from "../adapters/folder/read-regular-file.ts";
import type { RequestedRange } from "./evaluate-conditions.ts";

/** Files up to this size are read at once, so that the body matches the ETag even if the file is replaced in the meantime. */
const WHOLE_BYTES = 4 * 1024 * 1024;

/** The content of a file at one moment. */
export interface FileSnapshot {
  sizeBytes: number;
  modifiedSeconds: number;
  /** Strong: a hash of the content, as in S3. */
  etag: string;
  /** The bytes of a range. */
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

/** Takes a snapshot of an open file through a single descriptor. */
export async function fileSnapshot(file: FileHandle, path: string): Promise<FileSnapshot> {
  const { size, mtimeMs } = await file.stat();
  const modifiedSeconds = Math.floor(mtimeMs / 1000);
  if (size > WHOLE_BYTES)
    return { sizeBytes: size, modifiedSeconds, etag: etagOf(await hashOf(file, size)), body: (range) => chunksOf(file, range) };
  const bytes = await readWholeFile(file, path);
  const etag = etagOf(createHash("sha256").update(bytes).digest("hex"));
  return { sizeBytes: bytes.length, modifiedSeconds, etag, body: ({ first, last }) => [bytes.subarray(first, last + 1)] };
}
