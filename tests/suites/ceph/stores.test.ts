import { randomUUID } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import { s3Store } from "../../../lib/adapters/aws/s3-store.ts";
import { cacheControl } from "../../../lib/edge/cache-control.ts";
import { contentType } from "../../../lib/edge/content-type.ts";
import { cephClient, makeBucket, type Server, startCeph } from "../../servers/servers.ts";
import { storeContract } from "../../store-contract.ts";

let server: Server;
beforeAll(async () => {
  server = await startCeph();
});
afterAll(() => server?.stop());

storeContract("S3 (Ceph)", async () => {
  const client = cephClient(server.endpoint);
  const headersOf = (key: string) => ({ contentType: contentType(key), cacheControl: cacheControl(key) });
  return s3Store({ bucket: await makeBucket(client, `b-${randomUUID()}`), headersOf, client });
});
