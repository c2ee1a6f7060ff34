import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { FORMATS } from "../../../lib/formats/formats.ts";
import { shuffledBuild } from "../../shuffled-build.ts";
import { NODE_24 } from "../optional.ts";

it("Node 24, which Lambda runs, builds the same bytes in every format", async () => {
  expect(execFileSync(NODE_24, ["--version"], { encoding: "utf8" })).toMatch(/^v24\./);
  const formats = FORMATS.map(({ name }) => name);
  const built = await shuffledBuild(NODE_24, { env: { TZ: "Asia/Kathmandu" }, formats });
  expect(built).toEqual(await shuffledBuild(process.execPath, { formats }));
  expect(built.get("abraham-accords/SHA256SUMS")).toContain("facts.parquet");
});
