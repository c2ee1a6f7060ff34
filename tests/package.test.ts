import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { type InstalledPackage, installPackage } from "./installed-package.ts";
import { type Finished, ROOT, write } from "./scratch.ts";

const TOWNS = "code,name,founded\n01,Kiel,1233\n02,Lübeck,1143\n";

let installed: InstalledPackage;
let place: string;
let folder: string;
/** Without npm, which takes longer than most commands. */
const factpress = (...args: string[]): Promise<Finished> => installed.command(installed.program, args);
const git = async (...args: string[]): Promise<string> => {
  const { code, out } = await installed.command("git", args);
  if (code !== 0) throw new Error(out);
  return out;
};

beforeAll(async () => {
  installed = await installPackage();
  ({ place, folder } = installed);
});
afterAll(() => installed?.remove());

describe("the package", () => {
  it("is one small package without TypeScript, with the notices of all bundled packages", async () => {
    expect((await readdir(join(folder, "node_modules"))).filter((name) => !name.startsWith("."))).toEqual(["factpress"]);
    const at = join(folder, "node_modules/factpress");
    const files = (await readdir(at, { recursive: true })).map(String);
    expect(files.filter((name) => /\.tsx?$|node_modules|tsx|cdk/.test(name))).toEqual([]);
    expect(JSON.parse(readFileSync(join(at, "package.json"), "utf8"))).not.toHaveProperty("dependencies");
    expect(statSync(join(place, `factpress-${manifest.version}.tgz`)).size).toBeLessThan(1.25 * 1024 * 1024);
    const notices = readFileSync(join(at, "dist/THIRD-PARTY.txt"), "utf8");
    for (const name of ["ajv", "csv-parse", "csv-stringify", "commander", "preact", "@aws-sdk/client-s3"])
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((MIT|Apache-2\\.0)\\)$`, "m"));
    expect(notices).toMatch(/^@fontsource\S* \S+ \(OFL-1\.1\)$/m);
    expect(notices).not.toMatch(/^\S+ \d\S* \(.*GPL/m);
    expect(notices).not.toContain("aws-cdk");
  });

  it("prints its version and its commands", async () => {
    const head = (await promisify(execFile)("git", ["-C", ROOT, "rev-parse", "HEAD"])).stdout.trim();
    const { code, out } = await installed.factpress("--version");
    expect([code, out.replace(", modified)", ")")]).toEqual([0, `${manifest.version} (commit ${head})\n`]);
    expect((await installed.factpress("--help")).out).toContain("new [options] <name>");
  });

  it("creates, checks, publishes, verifies and serves a dataset in an otherwise empty repository", async () => {
    await write(folder, { "towns.csv": TOWNS });
    expect((await factpress("new", "towns", "--from", "towns.csv")).code).toBe(0);
    expect((await factpress("check")).out).toContain("data/towns  no problems: 2 records");
    const metadata = join(folder, "data/towns/dataset.json");
    await write(folder, {
      "data/towns/dataset.json": {
        ...JSON.parse(readFileSync(metadata, "utf8")),
        description: "Two towns.",
        licenses: [{ name: "CC0-1.0" }],
        release: { version: "1.0.0" },
      },
    });
    await git("init", "-q", "-b", "main");
    expect(await factpress("publish", "--store", "store")).toMatchObject({
      code: 2,
      out: expect.stringContaining("has no commit yet: git add"),
    });
    await git("add", "data");
    await git("commit", "-qm", "Towns");
    expect(await git("ls-files")).toBe("data/towns/dataset.json\ndata/towns/records.json\ndata/towns/schema.json\n");
    expect(await factpress("key", "../key.json")).toMatchObject({ code: 0 });
    expect((await factpress("publish", "--store", "store", "--key", "../key.json")).out).toContain("towns 1.0.0  first release");
    expect(readFileSync(join(folder, "store/towns/1.0.0/records.csv"), "utf8")).toBe(
      "code,name,founded\r\n01,Kiel,1233\r\n02,Lübeck,1143\r\n",
    );
    expect(await factpress("verify", "store", "--rebuild")).toMatchObject({ code: 0 });
    const child = spawn(installed.program, ["start", "--port", "0"], { cwd: folder, env: installed.env });
    const base = await addressOf(child);
    expect(await (await fetch(`${base}/towns/latest/records.csv`)).text()).toContain("01,Kiel,1233");
    for (const page of ["/", "/towns/", "/towns/preview/"]) expect((await fetch(base + page)).status).toBe(200);
    child.kill("SIGINT");
    expect((await once(child, "exit"))[0]).toBe(0);
  });

  it("creates a remote, and publishes what is pushed to it", async () => {
    expect(await factpress("remote", "../hub.git", "--store", "../hub-store")).toMatchObject({ code: 0 });
    expect(await installed.command("git", ["push", "../hub.git", "main"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/remote: data\/towns {2}no problems[\s\S]*remote: towns 1\.0\.0 {2}first release/),
    });
    expect(existsSync(join(place, "hub-store/towns/1.0.0/SHA256SUMS"))).toBe(true);
  });

  it("reads large tables in threads", async () => {
    const large = Array.from({ length: 3_000 }, (_, number) => ({ number, name: `${"name ".repeat(600)}of ${number}` }));
    const columns = { number: { type: "integer" }, name: { type: "string" } };
    const items = { type: "object", required: ["number"], additionalProperties: false, properties: columns };
    const at = join(place, "large/data/many");
    await write(at, {
      "dataset.json": { name: "many", title: "Many", description: "Many names.", licenses: [{ name: "CC0-1.0" }] },
      "schema.json": { type: "object", properties: { large: { type: "array", primaryKey: ["number"], items } } },
      "large.json": large,
    });
    expect(statSync(join(at, "large.json")).size).toBeGreaterThan(8 * 1024 * 1024);
    expect((await installed.command(installed.program, ["check"], join(place, "large"))).out).toContain(
      "no problems: 3000 records of large",
    );
  });

  it("runs checks in SQL", async () => {
    await write(place, { "elsewhere/towns.csv": TOWNS });
    const cwd = join(place, "elsewhere");
    expect((await installed.command(installed.program, ["new", "towns", "--from", "towns.csv"], cwd)).code).toBe(0);
    await write(cwd, {
      "data/towns/checks/old.sql": "-- table: records\nSELECT code, 'Too old: ' || name AS message FROM records WHERE founded < 1200",
    });
    const { code, out } = await installed.command(installed.program, ["check"], cwd);
    expect([code, out]).toEqual([1, expect.stringContaining("Too old: Lübeck")]);
  });
});

/** Where a server that was started says it is. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const [address] = /http:\/\/127\.0\.0\.1:\d+(?=[\s\S]*Ctrl-C)/.exec(said) ?? [];
      if (address) done(address);
    });
    child.once("exit", () => fail(new Error(`It ended without an address: ${said}`)));
  });
}
