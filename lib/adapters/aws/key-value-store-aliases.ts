import "@aws-sdk/signature-v4a";
import {
  CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  GetKeyCommand,
  paginateListKeys,
  UpdateKeysCommand,
} from "@aws-sdk/client-cloudfront-keyvaluestore";
import { type Aliases, MAX_ALIAS_UPDATE } from "../../ports/ports.ts";
import { CLIENT_LIMITS } from "./client-limits.ts";

const statusOf = (error: unknown): number | undefined => (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;

/** AWS's API model documents 409 for a stale ETag; a ValidationException with "Pre-Condition failed" has been reported as well. */
const isOutOfDate = (error: unknown): boolean =>
  [409, 412].includes(statusOf(error) ?? 0) ||
  ((error as Error).name === "ValidationException" && /pre-?condition/i.test((error as Error).message));

/** The client prefixes the account id to the host of an endpoint. For an IP address, it fails with only "Invalid URL". */
function newClient(): CloudFrontKeyValueStoreClient {
  const client = new CloudFrontKeyValueStoreClient(CLIENT_LIMITS);
  client.middlewareStack.add(
    (next) => async (given) => {
      try {
        return await next(given);
      } catch (error) {
        if ((error as { code?: string }).code !== "ERR_INVALID_URL") throw error;
        const { AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: own, AWS_ENDPOINT_URL: common } = process.env;
        const needs = "CloudFront KeyValueStore needs an endpoint with a host name, because its client prefixes the account id to it";
        const remedy = "Set AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE to a host name such as localhost";
        throw new Error(`${needs}, got ${own ?? common ?? "another"}. ${remedy}`, { cause: error });
      }
    },
    { step: "initialize" },
  );
  return client;
}

interface KeyValueStoreOptions {
  client?: CloudFrontKeyValueStoreClient;
  /** Called with the size of the whole store after an update. */
  onSize?(bytes: number): void;
}

/** Aliases in CloudFront's KeyValueStore. The edge function sees an update after a few seconds. */
export function keyValueStoreAliases(arn: string, { client = newClient(), onSize = () => {} }: KeyValueStoreOptions = {}): Aliases {
  return {
    etag: async () => (await client.send(new DescribeKeyValueStoreCommand({ KvsARN: arn }))).ETag as string,
    async get(key) {
      try {
        return (await client.send(new GetKeyCommand({ KvsARN: arn, Key: key }))).Value;
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    },
    async *list(prefix) {
      for await (const { Items } of paginateListKeys({ client }, { KvsARN: arn, MaxResults: 50 }))
        for (const { Key } of Items ?? []) if (Key?.startsWith(prefix)) yield Key;
    },
    async update(changes, etag) {
      if (changes.size > MAX_ALIAS_UPDATE) throw new Error(`Too many keys for one update: ${changes.size} (maximum ${MAX_ALIAS_UPDATE})`);
      const puts = [...changes].flatMap(([Key, Value]) => (Value === undefined ? [] : [{ Key, Value }]));
      const deletes = [...changes].flatMap(([Key, Value]) => (Value === undefined ? [{ Key }] : []));
      try {
        const command = new UpdateKeysCommand({ KvsARN: arn, IfMatch: etag, Puts: puts, Deletes: deletes });
        const { ETag, TotalSizeInBytes } = await client.send(command);
        if (TotalSizeInBytes !== undefined) onSize(TotalSizeInBytes);
        return ETag;
      } catch (error) {
        // Another writer won, or our update succeeded and its response was lost. The caller starts over in both cases.
        if (isOutOfDate(error)) return undefined;
        throw error;
      }
    },
  };
}
