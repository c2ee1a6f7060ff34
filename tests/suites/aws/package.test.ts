import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { installPackage } from "../../installed-package.ts";
import { ROOT, smallDataset, write } from "../../scratch.ts";
import { startKeyValueStore } from "../../servers/keyvaluestore.ts";
import { makeBucket, motoClient, startMoto } from "../../servers/servers.ts";

it("the package publishes to S3 with nothing else installed", async () => {
  const [moto, kvs, installed] = [await startMoto(), await startKeyValueStore(), await installPackage()];
  try {
    const { command, folder } = installed;
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    for (const args of [
      ["init", "-q", "-b", "main"],
      ["add", "data"],
      ["commit", "-qm", "Small"],
    ])
      expect(await command("git", args)).toMatchObject({ code: 0 });
    const bucket = await makeBucket(motoClient(moto.endpoint), `store-${randomUUID()}`);
    const arn = "arn:aws:cloudfront::123456789012:key-value-store/aliases";
    const aws = {
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      NODE_OPTIONS: `--import ${pathToFileURL(join(ROOT, "tests/servers/localhost.mjs")).href}`,
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: kvs.endpoint,
    };
    expect(await command(installed.program, ["publish", "--store", `s3://${bucket}`, "--aliases", arn], folder, aws)).toMatchObject({
      code: 0,
      out: expect.stringContaining("small 1.0.0  first release"),
    });
    expect([...kvs.entries.keys()]).toContain("small/latest");
    expect(await command(installed.program, ["check", "--against", `s3://${bucket}`], folder, aws)).toMatchObject({
      code: 0,
      out: expect.stringContaining("no published content differs from 1.0.0"),
    });
  } finally {
    await installed.remove();
    await kvs.close();
    await moto.stop();
  }
});
