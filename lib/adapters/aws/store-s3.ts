import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { documentLimit } from "../../contract/read-limits.ts";
import type { Store } from "../../ports/ports.ts";
import { tooLarge } from "../folder/plain-file.ts";
import type { HeadersOf } from "../stores.ts";

export interface S3Options {
  bucket: string;
  /** Before every key: empty, or a path that ends with `/`. */
  prefix?: string;
  headersOf: HeadersOf;
  client?: S3Client;
}

/** Another writer was at the same key at the same moment (409): S3 asks to try again. */
const TRIES = 8;

/** By status, not by name: implementations of S3 differ in the names. */
const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;

const QUIET = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** A client that needs nothing but what AWS's own settings say; the timeouts bound how long a silent server is waited for. */
export const s3Client = (config: S3ClientConfig = {}): S3Client =>
  new S3Client({ maxAttempts: 5, logger: QUIET, requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 }, ...config });

export function s3Store({ bucket, prefix = "", headersOf, client = s3Client() }: S3Options): Store {
  const at = (key: string): { Bucket: string; Key: string } => ({ Bucket: bucket, Key: prefix + key });
  const open = async (key: string): Promise<{ body: Readable; etag: string } | undefined> => {
    try {
      const { Body, ETag } = await client.send(new GetObjectCommand(at(key)));
      return { body: Body as Readable, etag: ETag as string };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  };
  const read = async function* (key: string): AsyncGenerator<Uint8Array> {
    const found = await open(key);
    if (!found) throw new Error(`Nothing stands at s3://${bucket}/${prefix}${key}`);
    yield* found.body;
  };
  const get: Store["get"] = async (key) => {
    const found = await open(key);
    if (!found) return undefined;
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of found.body) {
      chunks.push(chunk as Uint8Array);
      bytes += (chunk as Uint8Array).length;
      if (bytes > documentLimit(key)) throw tooLarge(`s3://${bucket}/${prefix}${key}`, documentLimit(key));
    }
    return { bytes: Buffer.concat(chunks), etag: found.etag };
  };
  /** SHA-256 of what stands at a key: as the server checked it at writing, or read again where it keeps none. */
  const sha256At = async (key: string): Promise<string> => {
    const { ChecksumSHA256, ChecksumType } = await client.send(new HeadObjectCommand({ ...at(key), ChecksumMode: "ENABLED" }));
    if (ChecksumSHA256 && ChecksumType !== "COMPOSITE") return Buffer.from(ChecksumSHA256, "base64").toString("hex");
    const hash = createHash("sha256");
    for await (const chunk of read(key)) hash.update(chunk);
    return hash.digest("hex");
  };
  /** One PutObject; undefined where its condition did not hold. */
  const put = async (
    key: string,
    body: () => Readable | Uint8Array,
    about: { bytes: number; sha256: string },
    condition: { IfNoneMatch: "*" } | { IfMatch: string },
  ): Promise<string | undefined> => {
    const { contentType, cacheControl } = headersOf(key);
    for (let i = 1; ; i += 1) {
      const content = body();
      try {
        const { ETag } = await client.send(
          new PutObjectCommand({
            ...at(key),
            ...condition,
            Body: content,
            ContentLength: about.bytes,
            ContentType: contentType,
            CacheControl: cacheControl,
            ChecksumAlgorithm: "SHA256",
            ChecksumSHA256: Buffer.from(about.sha256, "hex").toString("base64"),
          }),
        );
        return ETag as string;
      } catch (error) {
        const status = statusOf(error);
        if (status === 412 || (status === 404 && "IfMatch" in condition)) return undefined;
        // A stream cannot be sent twice: the client gives up at once, and a new one is opened here.
        const again = status === 409 || (content instanceof Readable && (status === undefined || status >= 500 || status === 429));
        if (!again || i >= TRIES) throw error;
        await sleep(25 * 2 ** i * (0.5 + Math.random() / 2));
      } finally {
        if (content instanceof Readable) content.destroy();
      }
    }
  };
  return {
    get,
    read,
    async *list(below) {
      for (let token: string | undefined, more = true; more; more = token !== undefined) {
        const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix + below, ContinuationToken: token }));
        for (const { Key, ETag } of page.Contents ?? []) yield { key: (Key as string).slice(prefix.length), etag: ETag as string };
        token = page.NextContinuationToken;
      }
    },
    async putIfAbsent(key, body) {
      const written = await put(key, () => Readable.from(body.open(), { objectMode: false }), body, { IfNoneMatch: "*" });
      if (written !== undefined) return "written";
      return (await sha256At(key)) === body.sha256 ? "same" : "other";
    },
    async putIfMatch(key, bytes, etag) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const written = await put(
        key,
        () => bytes,
        { bytes: bytes.length, sha256 },
        etag === null ? { IfNoneMatch: "*" } : { IfMatch: etag },
      );
      if (written !== undefined) return written;
      // The answer to a write of ours may have been lost, and its retry refused: then our bytes stand there.
      const standing = await get(key);
      return standing && Buffer.from(bytes).equals(standing.bytes) ? standing.etag : undefined;
    },
  };
}

/** The store at `bucket` or `bucket/prefix`; undefined if that is not the name of a bucket. */
export function bucketAt(location: string, headersOf: HeadersOf): Store | undefined {
  const [, bucket, prefix = ""] = /^([a-z0-9][a-z0-9.-]+)\/?(.*)$/.exec(location) ?? [];
  if (!bucket) return undefined;
  return s3Store({ bucket, prefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`, headersOf });
}
