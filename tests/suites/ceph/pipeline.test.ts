import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { s3Store } from "../../../lib/adapters/aws/s3-store.ts";
import { cacheControl } from "../../../lib/edge/cache-control.ts";
import { contentType } from "../../../lib/edge/content-type.ts";
import { verifyDataset } from "../../../lib/verify/verify-dataset.ts";
import { smallDataset, write } from "../../scratch.ts";
import { startCephFront } from "../../servers/ceph-front.ts";
import { synthBundles } from "../../servers/lambda.ts";
import { cephClient, makeBucket, startCeph } from "../../servers/servers.ts";
import { dataFolder, startPipeline } from "../aws/pipeline.ts";
import { NODE_24 } from "../optional.ts";

it("the pipeline publishes to Ceph's gateway, and again without a change", async () => {
  const out = await mkdtemp(join(tmpdir(), "factpress-cdk-"));
  const p = await startPipeline(await synthBundles(out), NODE_24);
  const ceph = await startCeph();
  const front = await startCephFront(ceph.endpoint);
  try {
    await write(dataFolder(p), smallDataset("1.0.0"));
    await p.git.commit("1", "2024-01-01T00:00:00Z");
    const client = cephClient(ceph.endpoint);
    const bucket = await makeBucket(client, "store");
    await p.restart("publish", {
      BUCKET: bucket,
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${front.port}`,
      AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
      AWS_RESPONSE_CHECKSUM_VALIDATION: "when_required",
    });
    const labels = ["Rhein", "Elbe"].map((label, i) => ({ id: ["rhine", "elbe"][i], label }));
    await write(dataFolder(p), { "rivers.json": labels });
    await p.git.commit("2", "2024-01-02T00:00:00Z");
    for (let i = 0; i < 2; i += 1) {
      await p.push();
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
    }
    const headersOf = (key: string) => ({ contentType: contentType(key), cacheControl: cacheControl(key) });
    const aliases = { get: async (key: string) => p.kvs.entries.get(key), async *list() {} };
    const verified = await verifyDataset({ store: s3Store({ bucket, headersOf, client }), dataset: "small", aliases, generator: "1" });
    expect(verified).toMatchObject({ releases: 2, unsigned: [] });
    expect(p.github.violations).toEqual([]);
  } finally {
    await front.close();
    await ceph.stop();
    await p.stop();
    await rm(out, { recursive: true, force: true });
  }
});
