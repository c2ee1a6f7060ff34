import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { CHECKSUM_COMMANDS } from "../../../lib/contract/checksum-commands.ts";
import { factpress, ROOT, repository, scratch, smallDataset, write } from "../../scratch.ts";

/** The folder of a signed release, with the key set beside its files. */
let release: string;
beforeEach(async () => {
  const { folder, commit } = await repository();
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  const key = join(await scratch(), "key.json");
  expect((await factpress(folder, "key", key)).code).toBe(0);
  expect((await factpress(folder, "publish", "--store", "store", "--key", key)).code).toBe(0);
  release = join(folder, "store/small/1.0.0");
  copyFileSync(join(folder, "store/.well-known/jwks.json"), join(release, "jwks.json"));
});

const change = (name: string): void =>
  writeFileSync(join(release, name), readFileSync(join(release, name), "utf8").replace("levels", "Levels"));

it("openssl verifies a signature as docs/verify.md shows, and rejects a changed list", () => {
  const guide = readFileSync(join(ROOT, "docs/verify.md"), "utf8");
  const script = /<!-- openssl -->\n```sh\n([^`]+)```/.exec(guide)?.[1] as string;
  const run = (): string => execFileSync("bash", ["-euo", "pipefail", "-c", script], { cwd: release, encoding: "utf8", stdio: "pipe" });
  expect(run()).toContain("Verified OK");
  change("SHA256SUMS");
  expect(run).toThrow();
});

it("sha256sum accepts the files of a release, and rejects a changed one", () => {
  const run = () =>
    spawnSync("sha256sum", ["-c", "--quiet", "SHA256SUMS"], { cwd: release, encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
  expect(run()).toMatchObject({ status: 0, stdout: "", stderr: "" });
  change("datapackage.json");
  expect(run()).toMatchObject({ status: 1, stdout: "datapackage.json: FAILED\n" });
});

// PowerShell is not among the readers here.
it.each(CHECKSUM_COMMANDS.filter(({ system }) => !system.startsWith("Windows")))(
  "the command of the page for $system accepts the downloaded files, and rejects a changed one",
  ({ command }) => {
    const run = () => spawnSync("bash", ["-c", command], { cwd: release, encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
    rmSync(join(release, "schema.json"));
    expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining("datapackage.json: OK\n") });
    change("datapackage.json");
    expect(run()).toMatchObject({ status: 1, stdout: expect.stringContaining("datapackage.json: FAILED\n") });
  },
);
