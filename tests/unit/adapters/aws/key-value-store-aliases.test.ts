import type { CloudFrontKeyValueStoreClient } from "@aws-sdk/client-cloudfront-keyvaluestore";
import { expect, it, vi } from "vitest";
import { keyValueStoreAliases } from "../../../../lib/adapters/aws/key-value-store-aliases.ts";

const failing = (name: string, message: string, httpStatusCode: number) => {
  const error = Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
  return keyValueStoreAliases("arn", { client: { send: () => Promise.reject(error) } as unknown as CloudFrontKeyValueStoreClient });
};

it.each([
  ["ConflictException", "", 409],
  ["PreconditionFailed", "", 412],
  ["ValidationException", "Pre-Condition failed", 400],
])("treats %s as another writer's update: %s", async (name, message, status) => {
  expect(await failing(name, message, status).update(new Map([["a", "1"]]), "old")).toBeUndefined();
});

it.each([
  [{ AWS_ENDPOINT_URL: "http://127.0.0.1:1" }, "got http://127.0.0.1:1. Set AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE to a host name"],
  [
    { AWS_ENDPOINT_URL: "http://localhost:1", AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: "http://127.0.0.1:2" },
    "got http://127.0.0.1:2. Set",
  ],
])("explains what is wrong with an endpoint that is an IP address: %o", async (endpoints, message) => {
  for (const [name, url] of Object.entries(endpoints)) vi.stubEnv(name, url);
  for (const name of ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "us-east-1");
  try {
    const aliases = keyValueStoreAliases("arn:aws:cloudfront::123456789012:key-value-store/aaaaaaaa-1111-2222-3333-444444444444");
    const list = async () => {
      for await (const key of aliases.list("")) return key;
      return undefined;
    };
    for (const call of [aliases.etag(), aliases.get("a"), aliases.update(new Map([["a", "1"]]), "old"), list()])
      await expect(call).rejects.toThrow(message);
  } finally {
    vi.unstubAllEnvs();
  }
});

it("fails for other errors", async () => {
  const update = (name: string, message: string) => failing(name, message, 400).update(new Map([["a", "1"]]), "old");
  await expect(update("ValidationException", "Key is too long")).rejects.toThrow("Key is too long");
  await expect(update("ServiceQuotaExceededException", "The store is full")).rejects.toThrow("full");
});

it("tells the size of the store after an update", async () => {
  const sizes: number[] = [];
  const client = { send: async () => ({ ETag: "new", TotalSizeInBytes: 4_000_000 }) } as unknown as CloudFrontKeyValueStoreClient;
  const aliases = keyValueStoreAliases("arn", { client, onSize: (bytes) => void sizes.push(bytes) });
  expect([await aliases.update(new Map([["a", "1"]]), "old"), sizes]).toEqual(["new", [4_000_000]]);
});
