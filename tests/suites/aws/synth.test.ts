import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT, scratch } from "../../scratch.ts";

it("synthesises with the command of the docs, and cdk-nag's AwsSolutions pack has nothing to say", async () => {
  const args = ["run", "--silent", "synth", "--", "--output", join(await scratch(), "synth"), "--context", "repository=owner/name"];
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: ROOT, encoding: "utf8" });
  expect([status, `${stdout}${stderr}`]).toEqual([0, expect.not.stringMatching(/AwsSolutions|ERROR/)]);
});
