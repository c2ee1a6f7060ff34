import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT, scratch } from "../../scratch.ts";

/** All that a setting adds. */
const SETTINGS = [
  "largeBuilds=large",
  "objectLockDays=30",
  "catalogueCopyBucket=copies",
  "alarmEmail=ops@example.org",
  "monthlyBudgetUsd=20",
  "receiveConcurrency=10",
  "breakGlassPrincipalArn=arn:aws:iam::123456789012:role/Admin",
  "domainName=data.example.org",
  "certificateArn=arn:aws:acm:us-east-1:123456789012:certificate/x",
];

it.each<[string, string[]]>([
  ["by default", []],
  ["with every setting", SETTINGS],
])("synthesises with the command of the docs, without findings of cdk-nag's AwsSolutions pack: %s", async (_name, settings) => {
  const context = ["repository=owner/name", ...settings].flatMap((setting) => ["--context", setting]);
  const args = ["run", "--silent", "synth", "--", "--output", join(await scratch(), "synth"), ...context];
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: ROOT, encoding: "utf8" });
  expect([status, `${stdout}${stderr}`]).toEqual([0, expect.not.stringMatching(/AwsSolutions|ERROR/)]);
});
