import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { HeadersOf, Store } from "../../ports/ports.ts";
import { type S3Location, s3Client, s3Reader, s3StatusOf } from "./s3-reader.ts";

interface S3Options extends S3Location {
  headersOf: HeadersOf;
}

/** S3 answers concurrent writes to one key with 409; AWS's documentation says to retry. */
const MAX_TRIES = 8;

type Condition = { IfNoneMatch: "*" } | { IfMatch: string };

/** 404 if the object to replace was deleted. */
const isConditionFailure = (error: unknown, condition: Condition): boolean =>
  s3StatusOf(error) === 412 || (s3StatusOf(error) === 404 && "IfMatch" in condition);

/** The SDK does not retry streams, because it cannot rewind them. This store opens a new stream for each attempt. */
function isRetryable(error: unknown, content: Readable | Uint8Array): boolean {
  const status = s3StatusOf(error);
  return status === 409 || (content instanceof Readable && (status === undefined || status >= 500 || status === 429));
}

export function s3Store({ bucket, prefix = "", headersOf, client = s3Client() }: S3Options): Store {
  const at = (key: string): { Bucket: string; Key: string } => ({ Bucket: bucket, Key: prefix + key });
  const { get, read, list } = s3Reader({ bucket, prefix, client });
  /** SHA-256 of an object: the checksum stored by the server, or else computed from the content. */
  const sha256At = async (key: string): Promise<string> => {
    const { ChecksumSHA256, ChecksumType } = await client.send(new HeadObjectCommand({ ...at(key), ChecksumMode: "ENABLED" }));
    if (ChecksumSHA256 && ChecksumType !== "COMPOSITE") return Buffer.from(ChecksumSHA256, "base64").toString("hex");
    const hash = createHash("sha256");
    for await (const chunk of read(key)) hash.update(chunk);
    return hash.digest("hex");
  };
  const putOnce = async (
    key: string,
    content: Readable | Uint8Array,
    { bytes, sha256 }: { bytes: number; sha256: string },
    condition: Condition,
  ): Promise<string> => {
    const { contentType, cacheControl } = headersOf(key);
    try {
      const { ETag } = await client.send(
        new PutObjectCommand({
          ...at(key),
          ...condition,
          Body: content,
          ContentLength: bytes,
          ContentType: contentType,
          CacheControl: cacheControl,
          ChecksumAlgorithm: "SHA256",
          ChecksumSHA256: Buffer.from(sha256, "hex").toString("base64"),
        }),
      );
      return ETag as string;
    } finally {
      if (content instanceof Readable) content.destroy();
    }
  };
  /** Puts an object; undefined if the condition is not met. */
  const put = async (
    key: string,
    open: () => Readable | Uint8Array,
    about: { bytes: number; sha256: string },
    condition: Condition,
  ): Promise<string | undefined> => {
    for (let tries = 1; ; tries += 1) {
      const content = open();
      try {
        return await putOnce(key, content, about, condition);
      } catch (error) {
        if (isConditionFailure(error, condition)) return undefined;
        if (!isRetryable(error, content) || tries >= MAX_TRIES) throw error;
        await sleep(25 * 2 ** tries * (0.5 + Math.random() / 2));
      }
    }
  };
  return {
    get,
    read,
    list,
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
      // If the response to our write was lost, the SDK's retry fails although the write succeeded.
      const stored = await get(key);
      return stored && Buffer.from(bytes).equals(stored.bytes) ? stored.etag : undefined;
    },
  };
}

/** The store at `bucket` or `bucket/prefix`; undefined if that is not the name of a bucket. */
export function s3StoreAt(location: string, headersOf: HeadersOf): Store | undefined {
  const [, bucket, prefix = ""] = /^([a-z0-9][a-z0-9.-]+)\/?(.*)$/.exec(location) ?? [];
  if (!bucket) return undefined;
  return s3Store({ bucket, prefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`, headersOf });
}
