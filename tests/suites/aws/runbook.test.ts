import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT, scratch, write } from "../../scratch.ts";

/** In place of the AWS command: lists 2,500 versions of the pages, and records what is deleted. */
const AWS = `#!${process.execPath}
const fs = require("fs"), args = process.argv.slice(2), after = (name) => args[args.indexOf(name) + 1];
const entry = (i) => ({ Key: "pages/NAME/a b" + i, VersionId: "v" + i });
if (args[1] === "list-object-versions")
  console.log(JSON.stringify(after("--prefix") === "pages/NAME/" ? Array.from({ length: 2500 }, (_, i) => entry(i)) : null));
if (args[1] === "delete-objects")
  fs.appendFileSync(process.env.DELETED, fs.readFileSync(after("--delete").replace("file://", "")) + "\\n");
`;

it("the runbook deletes old versions by the thousand", async () => {
  const [, script = ""] = /```sh\n(mkdir versions .*?)```/s.exec(readFileSync(join(ROOT, "docs/runbook.md"), "utf8")) ?? [];
  const folder = await scratch();
  await write(folder, { "bin/aws": AWS, deleted: "" });
  chmodSync(join(folder, "bin/aws"), 0o755);
  const env = { PATH: `${join(folder, "bin")}:${process.env["PATH"]}`, DELETED: join(folder, "deleted") };
  execFileSync("sh", ["-euc", script], { cwd: folder, env });
  const requests = readFileSync(env.DELETED, "utf8").trim().split("\n");
  const objects = requests.map((line) => (JSON.parse(line) as { Objects: { Key: string; VersionId: string }[] }).Objects);
  expect(objects.map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
  expect(new Set(objects.flat().map(({ VersionId }) => VersionId)).size).toBe(2_500);
  expect(objects[0]?.[0]).toEqual({ Key: "pages/NAME/a b0", VersionId: "v0" });
});
