import { randomUUID } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import { s3Store } from "../../../lib/adapters/aws/s3-store.ts";
import { cacheControl } from "../../../lib/edge/cache-control.ts";
import { contentType } from "../../../lib/edge/content-type.ts";
import { makeBucket, motoClient, type Server, startMoto } from "../../servers/servers.ts";
import { storeContract } from "../../store-contract.ts";

let server: Server;
beforeAll(async () => {
  server = await startMoto();
});
afterAll(() => server?.stop());

storeContract("S3 (moto)", async () => {
  const client = motoClient(server.endpoint);
  const headersOf = (key: string) => ({ contentType: contentType(key), cacheControl: cacheControl(key) });
  return s3Store({ bucket: await makeBucket(client, `b-${randomUUID()}`), prefix: "a/", headersOf, client });
});
