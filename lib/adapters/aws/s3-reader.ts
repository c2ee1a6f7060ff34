import type { Readable } from "node:stream";
import { GetObjectCommand, ListObjectsV2Command, S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { documentLimit } from "../../contract/document-limit.ts";
import type { ByteRange, Store } from "../../ports/ports.ts";
import { tooLarge } from "../folder/too-large-error.ts";

export interface S3Location {
  bucket: string;
  /** Prefix of every key: empty, or ending with `/`. */
  prefix?: string;
  client?: S3Client;
}

/** S3 implementations differ in their error names, not in their status codes. */
export const s3StatusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** Maximum time without any data sent or received. A whole transfer may take longer. */
const IDLE_MS = 60_000;

/** A client configured from AWS's standard environment variables, with timeouts for unresponsive servers. */
export const s3Client = (config: S3ClientConfig = {}, idleMs = IDLE_MS): S3Client =>
  new S3Client({ maxAttempts: 5, logger: SILENT, requestHandler: { connectionTimeout: 5_000, socketTimeout: idleMs }, ...config });

/** The reading half of a store in S3. It needs no media types, and therefore no formats. */
export function s3Reader({ bucket, prefix = "", client = s3Client() }: S3Location): Pick<Store, "get" | "read" | "list"> {
  const open = async (key: string, range?: ByteRange): Promise<{ body: Readable; etag: string } | undefined> => {
    try {
      const part = range && { Range: `bytes=${range.start}-${range.end - 1}` };
      const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + key, ...part }));
      return { body: Body as Readable, etag: ETag as string };
    } catch (error) {
      if (s3StatusOf(error) === 404) return undefined;
      throw error;
    }
  };
  const read = async function* (key: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
    const found = await open(key, range);
    if (!found) throw new Error(`There is no object s3://${bucket}/${prefix}${key}`);
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
  };
}
