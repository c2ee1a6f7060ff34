import { execFile, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { folderSource } from "../lib/adapters/folder/folder-source.ts";
import { commitSource } from "../lib/adapters/git/commit-source.ts";
import { findGitRepository, type GitRepository } from "../lib/adapters/git/git-repository.ts";
import {
  copiesOf,
  factpress,
  PROGRAM,
  repository,
  SMALL_SCHEMA,
  scratch,
  smallDataset,
  type TestRepository,
  tree,
  write,
} from "./scratch.ts";

const rivers = (label: string) => ({
  "rivers.json": [
    { id: "rhine", label },
    { id: "elbe", label: "Elbe" },
  ],
});
const metadata = (release: object, more = {}) => ({
  "dataset.json": { ...(smallDataset()["dataset.json"] as object), ...more, release: { version: "1.0.0", ...release } },
});

/** Three commits, the second without a change. */
const copyOfCommits = copiesOf(async ({ folder, commit }) => {
  const at = join(folder, "data/small");
  await write(at, smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  await commit("2", "2024-01-02T00:00:00Z");
  await write(at, rivers("Rhein"));
  await commit("3", "2024-01-03T00:00:00Z");
});
async function withCommits(): Promise<TestRepository & { at: string }> {
  const made = await copyOfCommits();
  return { ...made, at: join(made.folder, "data/small") };
}

it("a commit that cannot be released is skipped, whatever the reason", async () => {
  const schema = (change: (record: { properties: Record<string, object> }) => void) => async (at: string) => {
    const odd = structuredClone(smallDataset()["schema.json"]) as {
      properties: { levels: { items: { properties: Record<string, object> } } };
    };
    change(odd.properties.levels.items);
    await write(at, { "schema.json": odd });
  };
  const odds: [string, (at: string) => Promise<void>][] = [
    ["a link", (at) => symlink("rivers.json", join(at, "link.json"))],
    ["a version beyond numbers", (at) => write(at, metadata({ version: "99999999999999999999.0.0" }))],
    ["a word of the wrong type", schema((record) => void Object.assign(record.properties["note"] as object, { display: 5 }))],
    ["an enum that is no list", schema((record) => void Object.assign(record.properties["note"] as object, { enum: "a" }))],
    ["nothing in place of a property", schema((record) => void Object.assign(record.properties, { note: null }))],
    [
      "columns of one name",
      schema(
        (record) =>
          void Object.assign(record.properties, {
            v: { type: "object", properties: { min: { type: "number" } } },
            v_min: { type: "number" },
          }),
      ),
    ],
    [
      "a schema of another draft",
      (at) => write(at, { "schema.json": { ...SMALL_SCHEMA, $schema: "http://json-schema.org/draft-07/schema#" } }),
    ],
    ["a schema of no draft", (at) => write(at, { "schema.json": { ...SMALL_SCHEMA, $schema: 5 } })],
    ["another name than the folder's", (at) => write(at, metadata({}, { name: "other" }))],
  ];
  const { folder, commit } = await repository();
  const at = join(folder, "data/small");
  await write(at, smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  const ids: string[] = [];
  for (const [what, make] of odds) {
    await make(at);
    ids.push(await commit(what, "2024-01-02T00:00:00Z"));
    await rm(join(at, "link.json"), { force: true });
    await write(at, smallDataset("1.0.0"));
  }
  await write(at, rivers("Rhein"));
  await commit("corrected", "2024-01-03T00:00:00Z");
  const { code, out } = await factpress(folder, "publish", "--store", "store");
  expect([code, out]).toEqual([0, expect.stringContaining("small 1.0.1  patch")]);
  for (const [i, [what]] of odds.entries())
    expect([what, out]).toEqual([what, expect.stringContaining(`commit ${ids[i]?.slice(0, 10)} makes no release: 1 problem`)]);
  expect(out).not.toMatch(/\n\s+at |TypeError|bug in Factpress/);
  expect((await factpress(folder, "verify", "store")).code).toBe(0);
});

it("a folder and a commit are bounded alike in depth", async () => {
  const { folder, commit } = await repository();
  await write(join(folder, "data/small"), { "1/2/3/4/5/6/7/8/9/10/x.json": "[]\n" });
  const id = await commit("1", "2024-01-01T00:00:00Z");
  for (const source of [
    folderSource(join(folder, "data/small")),
    commitSource((await findGitRepository(folder)) as GitRepository, id, "data/small"),
  ])
    await expect(source.list()).rejects.toThrow(/^1\/2\/3\/4\/5\/6\/7\/8\/9: folders are nested deeper than 8$/);
});

it("a name that is not UTF-8 is a problem of the folder, and of the commit", async () => {
  const { folder, commit } = await repository();
  const at = join(folder, "data/small");
  await write(at, smallDataset("1.0.0"));
  await writeFile(Buffer.concat([Buffer.from(`${at}/x`), Buffer.from([0xff]), Buffer.from(".json")]), "[]\n");
  const id = await commit("1", "2024-01-01T00:00:00Z");
  await expect(commitSource((await findGitRepository(folder)) as GitRepository, id, "data/small").list()).rejects.toThrow(
    "the name is not UTF-8",
  );
  expect(await factpress(folder, "check")).toEqual({ code: 1, out: expect.stringContaining("the name is not UTF-8") });
});

it("a current folder that was deleted ends a command with one line", async () => {
  const folder = await scratch();
  const script = `require("fs").rmdirSync(process.cwd());
    const { status } = require("child_process").spawnSync(process.execPath, [process.argv[1], "check"], { stdio: "inherit" });
    process.exitCode = status;`;
  const { status, stderr } = spawnSync(process.execPath, ["-e", script, PROGRAM], { cwd: folder, encoding: "utf8" });
  expect([status, stderr]).toEqual([3, "The current folder no longer exists: change to one that does.\n"]);
});

describe("files of others are never overwritten", () => {
  it("build replaces only what build made", async () => {
    const folder = await scratch();
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await factpress(folder, "publish", "--store", "store");
    const before = await tree(folder);
    const intoRoot = await factpress(folder, "publish", "--store", ".");
    expect([intoRoot.code, intoRoot.out]).toEqual([2, expect.stringContaining(". contains the folder data of datasets")]);
    for (const [out, why] of [
      ["data", "is the folder of datasets"],
      ["store", "was not made by factpress build; nothing was written"],
    ] as const) {
      const { code, out: text } = await factpress(folder, "build", "--out", out);
      expect([code, text]).toEqual([2, expect.stringContaining(why)]);
    }
    expect(await tree(folder)).toEqual(before);
    expect((await factpress(folder, "build", "--out", "out")).code).toBe(0);
    expect((await factpress(folder, "build", "--out", "out")).code).toBe(0);
  });

  it("apply and diff write nowhere else, regardless of table names in untrusted files", async () => {
    const { folder, commit } = await withCommits();
    await commit("4", "2024-01-04T00:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    const changes = JSON.parse(readFileSync(join(folder, "store/small/1.0.1/changes.json"), "utf8")) as Record<string, unknown>;
    const table = {
      type: "array",
      primaryKey: ["id"],
      items: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
    };
    await mkdir(join(folder, "pwned"));
    const evil = { ...changes, documents: { schema: { type: "object", properties: { "/../../pwned/evil": table } } }, tables: {} };
    await write(folder, { "evil.json": evil, "broken.json": "null", "shape.json": { ...changes, tables: null } });
    for (const [file, words] of [
      ["evil.json", "an invalid schema"],
      ["broken.json", "not a changes.json"],
      ["shape.json", "not a changes.json of factpress: line"],
    ] as const) {
      const { code, out } = await factpress(folder, "apply", "store/small/1.0.0", file, "--out", "new/1.0.1");
      expect([code, out]).toEqual([1, expect.stringContaining(words)]);
    }
    await write(join(folder, "rel"), {
      "datapackage.json": { resources: [], layout: 1 },
      "schema.json": evil.documents.schema,
      LICENSE: "",
    });
    expect((await factpress(folder, "diff", "store/small/1.0.0", "rel")).out).toContain("rel/datapackage.json is damaged in line 1");
    expect(await tree(join(folder, "pwned"))).toEqual(new Map());
    expect(existsSync(join(folder, "new/1.0.1"))).toBe(false);
  });
});

describe("what was removed is not quoted afterwards", () => {
  it("by the release that removes it, by the feed, and by the page of the dataset", async () => {
    const { folder, at, commit } = await withCommits();
    await write(at, rivers("SECRET"));
    await commit("leak", "2024-01-05T00:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    await write(at, { ...rivers("Rhine"), ...metadata({ removed: [{ version: "1.0.2", reason: "privacy" }] }) });
    await commit("redact and remove", "2024-01-06T00:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    expect((await factpress(folder, "remove", "1.0.2", "--store", "store")).code).toBe(0);
    for (const [name, text] of await tree(join(folder, "store"))) expect([name, text.includes("SECRET")]).toEqual([name, false]);
    expect((await factpress(folder, "verify", "store", "--rebuild")).code).toBe(0);
    const applied = await factpress(folder, "apply", "store/small/1.0.2", "store/small/1.0.3/changes.json", "--out", "x");
    expect(applied.out).toContain("the old release/schema.json was removed by its publisher");
    const whole = await factpress(folder, "apply", "store/small/1.0.1", "store/small/1.0.3/changes.json", "--out", "y/1.0.3");
    expect([whole.code, whole.out]).toEqual([0, expect.stringContaining("1.0.3")]);
    // Where a release before the removal quotes it already, remove says so.
    await write(
      at,
      metadata({
        removed: [
          { version: "1.0.2", reason: "privacy" },
          { version: "1.0.0", reason: "as well" },
        ],
      }),
    );
    await commit("more", "2024-01-07T00:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    expect((await factpress(folder, "remove", "1.0.0", "--store", "store")).out).toContain("1.0.1 quotes it in changes.json");
    expect((await factpress(folder, "check", "--against", "store")).code).toBe(0);
  });

  it("nor by the page of a dataset without a current release", async () => {
    const { folder, at, commit } = await withCommits();
    await write(at, metadata({ removed: ["1.0.0", "1.0.1"].map((version) => ({ version, reason: "court" })) }));
    await commit("remove all", "2024-01-05T00:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    expect(readFileSync(join(folder, "store/pages/small/index.html"), "utf8")).toContain("This dataset has no current version");
    expect((await factpress(folder, "verify", "store")).code).toBe(0);
  });
});

it("publishing without git completes, even if a version is withdrawn for two reasons", async () => {
  const folder = await scratch();
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  await factpress(folder, "publish", "--store", "store");
  await write(
    join(folder, "data/small"),
    metadata({
      withdrawn: [
        { version: "1.0.0", reason: "a" },
        { version: "1.0.0", reason: "b" },
      ],
    }),
  );
  for (let i = 0; i < 2; i += 1) expect((await factpress(folder, "publish", "--store", "store")).code).toBe(0);
  const { withdrawn } = JSON.parse(readFileSync(join(folder, "store/small/releases.json"), "utf8")) as { withdrawn: object[] };
  expect(withdrawn).toMatchObject([{ reason: "b" }]);
  expect((await factpress(folder, "verify", "store")).code).toBe(0);
});

it("a repository that git refuses to read is not treated as a folder without git", async () => {
  const { folder } = await withCommits();
  process.env["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1";
  const { code, out } = await factpress(folder, "publish", "--store", "store");
  delete process.env["GIT_TEST_ASSUME_DIFFERENT_OWNER"];
  expect([code, out]).toEqual([3, expect.stringContaining("git cannot read the repository")]);
  expect(existsSync(join(folder, "store/small/releases.json"))).toBe(false);
});

it("commands find the repository of the dataset from the hooks of a linked worktree as well", async () => {
  const { folder, git, commit } = await repository();
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  const linked = join(folder, "linked");
  await git("worktree", "add", "-q", linked, "-b", "side");
  await write(folder, { ".git/hooks/pre-commit": `#!/bin/sh\ncd data/small && exec "${process.execPath}" "${PROGRAM}" check .\n` });
  await chmod(join(folder, ".git/hooks/pre-commit"), 0o755);
  await write(join(linked, "data/small"), rivers("Rhein"));
  const { stderr } = await promisify(execFile)("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qam", "2"], {
    cwd: linked,
  });
  expect(stderr).toMatch(/working folder against main \([0-9a-f]{10}\): patch, 1 river corrected/);
});

it("untrusted data is shown in the terminal and in Markdown, and never interpreted", async () => {
  const { folder, at, commit } = await withCommits();
  const odd = "gnp <b>x</b> # head\n# head";
  await write(at, rivers(odd));
  await commit("odd words", "2024-01-05T00:00:00Z");
  const published = await factpress(folder, "publish", "--store", "store");
  const text = (await factpress(folder, "diff", "1.0.1", "1.0.2", "--store", "store")).out;
  const markdown = readFileSync(join(folder, "store/small/1.0.2/CHANGES.md"), "utf8");
  for (const shown of [published.out, text, markdown]) expect(shown).not.toMatch(/[\u007f-\u009f\u200f]|^# head/m);
  await write(at, rivers("\u009b31mred"));
  const refused = await factpress(folder, "check");
  expect([refused.code, refused.out]).toEqual([1, expect.stringContaining("control character (U+009B)")]);
  expect(refused.out).not.toMatch(/[\u007f-\u009f]/);
});

it("a lock of a process whose pid was reused blocks no other process", async () => {
  const folder = await scratch();
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  await write(join(folder, "store/.factpress/lock"), { "5": `${process.pid} 1` });
  expect((await factpress(folder, "publish", "--store", "store")).code).toBe(0);
});

it("a file that is missing in a release gets one line, not a stack", async () => {
  const { folder } = await withCommits();
  await factpress(folder, "publish", "--store", "store");
  await rm(join(folder, "store/small/1.0.1/levels.ndjson"));
  const { code, out } = await factpress(folder, "diff", "store/small/1.0.0", "store/small/1.0.1");
  expect([code, out.trim().split("\n")]).toEqual([3, [expect.stringContaining("levels.ndjson")]]);
});

it("a file in place of a store is not served", async () => {
  const folder = await scratch();
  await write(folder, { store: "x" });
  const { code, out } = await factpress(folder, "serve", "--store", "store", "--port", "0");
  expect([code, out]).toEqual([2, expect.stringContaining("store is a file, but a store is a folder")]);
});
