import { execFile } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { factpress, ROOT, scratch } from "./scratch.ts";

const EXAMPLES = join(ROOT, "docs/examples");
const RECORDED = join(ROOT, "tests/recorded-releases.json");
const DATE = "2026-01-02T03:04:05Z";

/** Released versions of the tool have a date in the changelog. */
const isReleased = (version: string): boolean =>
  new RegExp(`^## \\[${version.replaceAll(".", "\\.")}\\] - \\d{4}-\\d\\d-\\d\\d$`, "m").test(
    readFileSync(join(ROOT, "CHANGELOG.md"), "utf8"),
  );

/** Example → its SHA256SUMS, which names every other file of the release. The commit is the same everywhere. */
async function manifests(): Promise<Record<string, string[]>> {
  const folder = await scratch();
  await cp(EXAMPLES, join(folder, "data"), { recursive: true });
  const env = { ...process.env, GIT_AUTHOR_DATE: DATE, GIT_COMMITTER_DATE: DATE };
  for (const args of [
    ["init", "-q", "-b", "main"],
    ["add", "data"],
    ["commit", "-q", "-m", "Add examples"],
  ])
    await promisify(execFile)("git", args, { cwd: folder, env });
  const { code, out } = await factpress(folder, "publish", "--store", "store");
  expect([code, out]).toEqual([0, expect.stringContaining("1.0.0  first release")]);
  const sums = readdirSync(EXAMPLES).map(async (name) => {
    const text = await readFile(join(folder, `store/${name}/1.0.0/SHA256SUMS`), "utf8");
    return [name, text.split("\n").filter(Boolean)] as const;
  });
  return Object.fromEntries(await Promise.all(sums));
}

it("publishes every example with the bytes that are recorded for this version of the tool", async () => {
  const found = { version: manifest.version, releases: await manifests() };
  const recorded = JSON.parse(readFileSync(RECORDED, "utf8")) as typeof found;
  const mayChange = recorded.version !== manifest.version || !isReleased(manifest.version);
  if (process.env["FACTPRESS_WRITE"] && process.env["CI"] !== "true" && mayChange)
    writeFileSync(RECORDED, `${JSON.stringify(found, undefined, 2)}\n`);
  // A released version never writes other bytes: raise the version in package.json, then record again with FACTPRESS_WRITE=1.
  expect(found).toEqual(JSON.parse(readFileSync(RECORDED, "utf8")));
});
