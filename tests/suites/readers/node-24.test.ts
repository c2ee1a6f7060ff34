import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { shuffledBuild } from "../../shuffled-build.ts";
import { NODE_24 } from "../optional.ts";

it("Node 24, which Lambda runs, builds the same bytes", async () => {
  expect(execFileSync(NODE_24, ["--version"], { encoding: "utf8" })).toMatch(/^v24\./);
  expect(await shuffledBuild(NODE_24, { TZ: "Asia/Kathmandu" })).toEqual(await shuffledBuild(process.execPath));
});
