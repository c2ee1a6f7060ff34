import { createServer } from "node:http";

/**
 * CloudFront's KeyValueStore, of which there is no other implementation. This server follows the SDK's model of the API (paths, headers,
 * fields, errors), which the SDK's client checks on both ends.
 */
export interface KeyValueStoreServer {
  entries: Map<string, string>;
  endpoint: string;
  /** Called before an update is processed. */
  beforeUpdate: (() => void) | undefined;
  updates: number;
  /** Simulates an update by another writer. */
  touch(): void;
  close(): Promise<void>;
}

export async function startKeyValueStore(): Promise<KeyValueStoreServer> {
  let revision = 1;
  const store: Omit<KeyValueStoreServer, "endpoint" | "close"> = {
    entries: new Map(),
    beforeUpdate: undefined,
    updates: 0,
    touch() {
      revision += 1;
    },
  };
  const etag = (): string => `E${revision}`;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url as string, "http://kvs");
      const [, , arn = "", kind, key] = url.pathname.split("/").map(decodeURIComponent);
      const fail = (status: number, type: string): void => {
        response.writeHead(status, { "content-type": "application/json", "x-amzn-errortype": type });
        response.end(JSON.stringify({ Message: type }));
      };
      const answer = (body: object): void => {
        response.writeHead(200, { "content-type": "application/json", etag: etag() });
        response.end(JSON.stringify(body));
      };
      const sizes = {
        ItemCount: store.entries.size,
        TotalSizeInBytes: [...store.entries].reduce((sum, [name, value]) => sum + name.length + value.length, 0),
      };
      if (!/^arn:aws:cloudfront::\d{12}:key-value-store\//.test(arn)) return fail(400, "ValidationException");
      if (!request.headers.authorization?.includes("AWS4-ECDSA-P256-SHA256")) return fail(403, "AccessDeniedException");
      if (request.method === "GET" && kind === undefined) return answer({ ...sizes, KvsARN: arn, Created: 1.7e9 });
      if (request.method === "GET" && key !== undefined) {
        const value = store.entries.get(key);
        return value === undefined ? fail(404, "ResourceNotFoundException") : answer({ Key: key, Value: value, ...sizes });
      }
      if (request.method === "GET") {
        const names = [...store.entries.keys()].sort();
        const from = Number(url.searchParams.get("NextToken") ?? 0);
        const max = Number(url.searchParams.get("MaxResults") ?? 10);
        if (max > 50) return fail(400, "ValidationException");
        const items = names.slice(from, from + max).map((Key) => ({ Key, Value: store.entries.get(Key) }));
        return answer({ Items: items, ...(from + max < names.length ? { NextToken: String(from + max) } : {}) });
      }
      if (request.method === "POST") {
        store.beforeUpdate?.();
        if (request.headers["if-match"] !== etag()) return fail(409, "ConflictException");
        const { Puts = [], Deletes = [] } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as {
          Puts?: { Key: string; Value: string }[];
          Deletes?: { Key: string }[];
        };
        if (Puts.length + Deletes.length > 50) return fail(400, "ValidationException");
        if (Puts.some(({ Key, Value }) => Buffer.byteLength(Key) > 512 || Buffer.byteLength(Value) > 1024))
          return fail(400, "ValidationException");
        for (const { Key, Value } of Puts) store.entries.set(Key, Value);
        for (const { Key } of Deletes) store.entries.delete(Key);
        revision += 1;
        store.updates += 1;
        return answer(sizes);
      }
      fail(400, "ValidationException");
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return Object.assign(store, {
    endpoint: `http://localhost:${(server.address() as { port: number }).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  });
}
