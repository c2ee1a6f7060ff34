import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { directoryStore } from "../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../lib/adapters/folder/file-aliases.ts";
import { edgeServer } from "../lib/edge/edge-server.ts";
import { copiesOf, factpress, factpressProcess, ROOT, scratch, smallDataset, type TestRepository, tree, write } from "./scratch.ts";
import { decodePng } from "./unit/site/picture/decode-png.ts";

const rivers = (label: string) => ({
  "rivers.json": [
    { id: "rhine", label },
    { id: "elbe", label: "Elbe" },
  ],
});
const control = (release: object) => ({
  "dataset.json": { ...(smallDataset()["dataset.json"] as object), release: { version: "1.0.0", ...release } },
});

const lakes = (version?: string) => {
  const files = smallDataset(version);
  return { ...files, "dataset.json": { ...(files["dataset.json"] as object), name: "lakes" } };
};

const copyOfPublished = copiesOf(async ({ folder, commit }) => {
  const at = join(folder, "data/small");
  await write(at, smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  await write(at, rivers("Rhein"));
  await commit("2", "2024-01-02T00:00:00Z");
  await write(at, rivers("Rhin"));
  await commit("3", "2024-01-03T00:00:00Z");
  const keys = await mkdtemp(join(tmpdir(), "factpress-test-"));
  const file = join(keys, "key.json");
  expect((await factpress(folder, "key", file)).code).toBe(0);
  await factpress(folder, "publish", "--store", "store", "--key", file);
  const key = readFileSync(file, "utf8");
  await rm(keys, { recursive: true });
  return { key };
});

/** A repository with three commits, and its store, signed. */
async function published(): Promise<TestRepository & { store: string; at: string; key: string; publish(): Promise<string> }> {
  const { made, ...copy } = await copyOfPublished();
  const { folder } = copy;
  const key = join(await scratch(), "key.json");
  writeFileSync(key, made.key, { mode: 0o600 });
  const publish = async (): Promise<string> => (await factpress(folder, "publish", "--store", "store", "--key", key)).out;
  return { ...copy, store: join(folder, "store"), at: join(folder, "data/small"), key, publish };
}

const files = (folder: string, below = ""): string[] =>
  readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(folder, `${below}${entry.name}/`) : [`${below}${entry.name}`],
  );

describe("factpress verify", () => {
  it("accepts an unmodified store, as a whole, by dataset, by release, and over HTTP", async () => {
    const { folder, store } = await published();
    const whole = await factpressProcess(folder, "verify", "store");
    expect([whole.code, whole.out]).toEqual([
      0,
      expect.stringMatching(/^small {2}OK: 3 releases verified \(\d+ files, .*\); all signed by [\w-]{43}\n/),
    ]);
    expect((await factpress(folder, "verify", "store/small")).code).toBe(0);
    expect((await factpress(folder, "verify", "store/small/1.0.1", "--keys", "store/.well-known/jwks.json")).code).toBe(0);
    expect((await factpress(folder, "verify", "store", "--rebuild")).code).toBe(0);
    const server = edgeServer({ root: store, aliases: fileAliases(directoryStore(store)) });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    const remote = await factpress(folder, "verify", `${base}/small/`, "--rebuild");
    expect([remote.code, remote.out]).toEqual([
      0,
      expect.stringMatching(
        /3 releases[\s\S]*\nOK: the site's home page, \/verify\/, page for missing addresses, robots\.txt and sitemap\n/,
      ),
    ]);
    expect((await factpress(folder, "verify", `${base}/small/1.0.2/`)).code).toBe(0);
    expect((await factpress(folder, "verify", base)).out).toBe((await factpress(folder, "verify", "store")).out);
    // Over HTTP, the page for missing addresses may be the server's own.
    writeFileSync(join(store, "pages/404.html"), "There is nothing here.");
    for (const address of [base, `${base}/small/`]) {
      const foreign = await factpress(folder, "verify", address);
      expect([foreign.code, foreign.out]).toEqual([
        4,
        expect.stringContaining("\nNot compared: the page for missing addresses is not the published one"),
      ]);
    }
    expect((await factpress(folder, "verify", "store")).code).toBe(1);
    server.close();
  });

  it("rebuilds and restores a dataset that the branch has ended", async () => {
    const { folder, store, commit } = await published();
    await write(join(folder, "data/other"), smallDataset("1.0.0"));
    await rm(join(folder, "data/small"), { recursive: true });
    await commit("4", "2024-01-04T00:00:00Z");
    const rebuilt = await factpress(folder, "verify", "store", "--rebuild");
    expect([rebuilt.code, rebuilt.out]).toEqual([0, expect.stringContaining("small  OK: 3 releases verified")]);
    await rm(join(store, "small/1.0.1"), { recursive: true });
    const restored = await factpress(folder, "restore", "small", "--store", "store");
    expect([restored.code, restored.out]).toEqual([0, expect.stringContaining("1 of 3 releases restored")]);
    const never = await factpress(folder, "restore", "smell", "--store", "store");
    expect([never.code, never.out]).toEqual([2, expect.stringContaining('There is no dataset "smell"')]);
  });

  it.each([
    ["a draft", ""],
    ["a refused first commit", "1.0.0"],
  ])("accepts and restores a store beside %s", async (_what, version) => {
    const { folder, store, commit, publish } = await published();
    await write(join(folder, "data/lakes"), version === "" ? lakes() : { ...lakes(version), "rivers.json": [{ id: 1 }] });
    await commit("4", "2024-01-04T00:00:00Z");
    await publish();
    const whole = await factpress(folder, "verify", "store", "--rebuild");
    expect([whole.code, whole.out]).toEqual([0, expect.stringMatching(/^small {2}OK: 3 releases verified/)]);
    // Earlier versions of Factpress listed such datasets.
    writeFileSync(join(store, ".factpress/datasets.json"), '["lakes","small"]\n');
    expect((await factpress(folder, "verify", "store")).code).toBe(0);
    await rm(join(store, "small/1.0.2/levels.csv"));
    const restored = await factpress(folder, "restore", "--store", "store");
    expect([restored.code, restored.out]).toEqual([
      0,
      expect.stringMatching(/lakes {2}has no release yet\n[\s\S]*1 of 3 releases restored/),
    ]);
  });

  it("restores the other datasets if one lost its catalogue", async () => {
    const { folder, store, commit } = await published();
    await write(join(folder, "data/lakes"), lakes("1.0.0"));
    await commit("4", "2024-01-04T00:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    await rm(join(store, "lakes"), { recursive: true });
    await rm(join(store, "small/1.0.2/levels.csv"));
    const restored = await factpress(folder, "restore", "--store", "store");
    expect([restored.code, restored.out]).toEqual([
      1,
      expect.stringMatching(/lakes {2}lakes\/releases.json is not in the store[\s\S]*1 of 3 releases restored/),
    ]);
  });

  it("detects a dropped dataset by git, and one that someone added by its folder", async () => {
    const { folder, store, commit, publish } = await published();
    await write(join(folder, "data/lakes"), lakes("1.0.0"));
    await commit("4", "2024-01-04T00:00:00Z");
    const honest = await tree(store);
    await factpress(folder, "publish", "--store", "unsigned");
    cpSync(join(folder, "unsigned/lakes"), join(store, "lakes"), { recursive: true });
    const added = await factpress(folder, "verify", "store", "--keys", "store/.well-known/jwks.json");
    expect([added.code, added.out]).toEqual([1, expect.stringContaining("lakes/1.0.0/SHA256SUMS.jws")]);
    await rm(join(store, "lakes"), { recursive: true });
    expect(await tree(store)).toEqual(honest);
    const rebuilt = await factpress(folder, "verify", "store", "--rebuild");
    expect([rebuilt.code, rebuilt.out]).toEqual([1, expect.stringContaining("lakes/releases.json lacks a release of commit")]);
    await publish();
    expect((await factpress(folder, "verify", "store", "--rebuild")).code).toBe(0);
  });

  it("reports a changed home page, also for one dataset", async () => {
    const { folder, store } = await published();
    await rm(join(store, ".factpress/aliases.json"));
    writeFileSync(join(store, "pages/verify/index.html"), "another page");
    for (const address of ["store", "store/small"]) {
      const { code, out } = await factpress(folder, "verify", address);
      expect([code, out]).toEqual([1, expect.stringContaining("pages/verify/index.html does not match the releases: it was changed")]);
    }
  });

  it("reports in a copy of one dataset that the site's own pages are absent, or that they were not compared", async () => {
    const { folder, store, commit, publish } = await published();
    await write(join(folder, "data/lakes"), lakes("1.0.0"));
    await commit("4", "2024-01-04T00:00:00Z");
    await publish();
    await rm(join(store, "lakes"), { recursive: true });
    const partly = await factpress(folder, "verify", "store/small");
    expect([partly.code, partly.out]).toEqual([
      4,
      expect.stringMatching(
        /Not compared: the site's home page, .*pages\/index\.html does not match.*a copy without lakes\/releases\.json/,
      ),
    ]);
    for (const name of ["index.html", "404.html", "verify/index.html", "robots.txt", "sitemap.xml"]) await rm(join(store, "pages", name));
    const absent = await factpress(folder, "verify", "store/small");
    expect([absent.code, absent.out]).toEqual([0, expect.stringContaining("Only the pages of small were checked")]);
  });

  it("names any published file of which one byte was changed", async () => {
    const { folder, store } = await published();
    // Notes of publishers to themselves are not published.
    const names = files(store).filter((name) => !/^\.factpress\/(cursors|lock|pages)\//.test(name));
    expect(names.length).toBeGreaterThan(50);
    let random = 1;
    const next = (below: number): number => {
      random = (Math.imul(random, 1103515245) + 12345) >>> 0;
      return random % below;
    };
    const { verifyDataset } = await import("../lib/verify/verify-dataset.ts");
    const { verifyHome } = await import("../lib/verify/verify-home.ts");
    const { VerificationError } = await import("../lib/verify/verification-error.ts");
    const directory = directoryStore(store);
    for (const name of names) {
      const bytes = readFileSync(join(store, name));
      const changed = Buffer.from(bytes);
      const at = next(changed.length);
      changed[at] = (changed[at] as number) ^ (1 << next(7));
      writeFileSync(join(store, name), changed);
      const aliases = fileAliases(directory);
      const wrong = await (async () => {
        if (!name.startsWith(".factpress")) await verifyDataset({ store: directory, dataset: "small", aliases, generator: "1" });
        await verifyHome(directory);
        if (name === ".factpress/aliases.json") await verifyDataset({ store: directory, dataset: "small", aliases, generator: "1" });
      })().then(
        () => "nothing is wrong",
        (error: Error) => (error instanceof VerificationError || error instanceof SyntaxError ? error.message : `${error.stack}`),
      );
      // A changed key, manifest or catalogue is found where it is used; all else is named itself.
      const named = /jwks\.json$/.test(name)
        ? /jwks|jws|factpress-head/
        : /aliases\.json$/.test(name)
          ? /alias|pages|JSON|releases\.json/
          : name === "small/releases.json"
            ? /releases\.json|^small\/\d/
            : new RegExp(name.replaceAll(".", "\\."));
      expect(wrong, `${name}, byte ${at}`).toMatch(/datasets\.json$/.test(name) ? /./ : named);
      expect(wrong).not.toBe("nothing is wrong");
      writeFileSync(join(store, name), bytes);
    }
    expect((await factpress(folder, "verify", "store")).code).toBe(0);
    writeFileSync(join(store, "small/1.0.1/levels.csv"), "changed");
    const { code, out } = await factpressProcess(folder, "verify", "store");
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(/^small\/1\.0\.1\/levels\.csv was changed: its SHA-256 is [0-9a-f]{64}, but SHA256SUMS names [0-9a-f]{64}\n$/),
    ]);
  });

  it("detects a dropped release in the middle, another chain and a foreign key", async () => {
    const { folder, store } = await published();
    const catalogue = JSON.parse(readFileSync(join(store, "small/releases.json"), "utf8")) as { releases: object[] };
    writeFileSync(
      join(store, "small/releases.json"),
      `${JSON.stringify({ ...catalogue, releases: catalogue.releases.filter((_, i) => i !== 1) }, null, 1)}\n`,
    );
    expect((await factpress(folder, "verify", "store/small")).out).toContain("the chain is broken");
    writeFileSync(join(store, "small/releases.json"), `${JSON.stringify(catalogue, null, 1)}\n`);
    const other = join(await scratch(), "other.json");
    const made = (await factpress(folder, "key", other)).out;
    await write(folder, { "trusted.json": made.slice(made.indexOf('{\n "keys"')) });
    expect((await factpress(folder, "verify", "store", "--keys", "trusted.json")).out).toContain("which is not among the public keys");
  });
});

describe("signatures", () => {
  it("can be checked with jose alone, as docs/verify.md shows", async () => {
    const { store } = await published();
    const script = /```js\n([^`]+)```/.exec(readFileSync(join(ROOT, "docs/verify.md"), "utf8"))?.[1] as string;
    const at = await scratch();
    cpSync(join(store, "small/1.0.2"), at, { recursive: true });
    cpSync(join(store, ".well-known/jwks.json"), join(at, "jwks.json"));
    symlinkSync(join(ROOT, "node_modules"), join(at, "node_modules"));
    const run = (): string =>
      execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: at, encoding: "utf8", stdio: "pipe" });
    run();
    writeFileSync(join(at, "SHA256SUMS"), readFileSync(join(at, "SHA256SUMS"), "utf8").replace("levels", "Levels"));
    expect(run).toThrow();
  });

  it("keep old releases valid when the key is another", async () => {
    const { folder, commit, at, store } = await published();
    const second = join(await scratch(), "second.json");
    await factpress(folder, "key", second);
    await write(at, rivers("Rijn"));
    await commit("4", "2024-01-04T00:00:00Z");
    await factpress(folder, "publish", "--store", "store", "--key", second);
    expect((await factpress(folder, "verify", "store")).out).toMatch(/4 releases.*all signed by [\w-]{43}, [\w-]{43}\n/);
    await write(at, rivers("Rhenus"));
    await commit("5", "2024-01-05T00:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    expect((await factpress(folder, "verify", "store")).out).toContain("not signed: 1.0.4");
    expect((JSON.parse(readFileSync(join(store, ".well-known/jwks.json"), "utf8")) as { keys: object[] }).keys).toHaveLength(2);
  });

  it("are made with a key that only its owner reads and that no repository holds", async () => {
    const { folder } = await published();
    const key = join(await scratch(), "new.json");
    expect((await factpress(folder, "key", key)).code).toBe(0);
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect((await factpress(folder, "key", "key.json")).out).toContain("a private key must not");
    expect((await factpress(folder, "key", key)).code).toBe(2);
    chmodSync(key, 0o644);
    const { code, out } = await factpress(folder, "publish", "--store", "other", "--key", key);
    expect([code, out]).toEqual([3, expect.stringContaining(`chmod 600 ${key}`)]);
    expect(existsSync(join(folder, "other"))).toBe(false);
  });
});

describe("withdrawing", () => {
  it("withdraws a release and ends the withdrawal: aliases, page, catalogue, feed and verify follow", async () => {
    const { folder, commit, at, store, publish } = await published();
    const aliases = (): Record<string, string> =>
      JSON.parse(readFileSync(join(store, ".factpress/aliases.json"), "utf8")) as Record<string, string>;
    await write(at, control({ withdrawn: [{ version: "1.0.2", reason: "<b>wrong</b> source" }] }));
    await commit("withdraw", "2024-01-04T00:00:00Z");
    expect(await publish()).toContain("small 1.0.2  withdrawn: <b>wrong</b> source");
    expect([aliases()["small/latest"], aliases()["small/1.0"], aliases()["small/as-of/2024-01"]]).toEqual([
      "1.0.1",
      "1.0.1",
      "01 1.0.0;02 1.0.1",
    ]);
    expect(readFileSync(join(store, "pages/small/1.0.2/index.html"), "utf8")).toContain(
      "<strong>Withdrawn.</strong> &lt;b>wrong&lt;/b> source",
    );
    // The newest version in force, with a sentence on what it changed.
    expect(readFileSync(join(store, "pages/small/index.html"), "utf8")).toMatch(
      /\/small\/1\.0\.1\/">1\.0\.1<\/a>.*?<span>1 [a-z]+ corrected\.<\/span>/s,
    );
    expect(readFileSync(join(store, "small/feed.xml"), "utf8")).toContain("Withdrawn: &lt;b&gt;wrong");
    expect((await factpress(folder, "verify", "store")).code).toBe(0);
    await write(at, control({}));
    await commit("back", "2024-01-05T00:00:00Z");
    expect(await publish()).toContain("no longer withdrawn");
    expect(aliases()["small/latest"]).toBe("1.0.2");
    expect(readFileSync(join(store, "pages/small/1.0.2/index.html"), "utf8")).toContain("No longer withdrawn.");
    const schema = JSON.parse(readFileSync(join(ROOT, "lib/release/releases.schema.json"), "utf8")) as object;
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(validate(JSON.parse(readFileSync(join(store, "small/releases.json"), "utf8"))), JSON.stringify(validate.errors)).toBe(true);
    expect((await factpress(folder, "verify", "store")).code).toBe(0);
  });

  it("removes a release: first catalogue and aliases, then the files, and the chain stays whole", async () => {
    const { folder, commit, at, store, publish } = await published();
    expect((await factpress(folder, "remove", "1.0.1", "--store", "store")).out).toContain("does not say that 1.0.1 is removed");
    await write(at, control({ removed: [{ version: "1.0.1", reason: "a court said so" }] }));
    await commit("remove", "2024-01-04T00:00:00Z");
    await publish();
    const { code, out } = await factpress(folder, "remove", "1.0.1", "--store", "store");
    expect([code, out]).toEqual([0, expect.stringMatching(/^small 1\.0\.1 {2}\d+ files replaced/)]);
    expect(readFileSync(join(store, "small/1.0.1/levels.csv"), "utf8")).toContain("a court said so");
    expect(JSON.parse(readFileSync(join(store, "small/1.0.1/datapackage.json"), "utf8"))).toMatchObject({ version: "1.0.1" });
    expect(readFileSync(join(store, "pages/small/1.0.1/index.html"), "utf8")).toContain("was removed.");
    expect((await factpress(folder, "verify", "store", "--rebuild")).out).toContain("removed by the publisher: 1.0.1");
    await write(at, control({}));
    await commit("a removal stays", "2024-01-05T00:00:00Z");
    await publish();
    expect((JSON.parse(readFileSync(join(store, "small/releases.json"), "utf8")) as { removed: object[] }).removed).toHaveLength(1);
  });

  it("warns about withdrawing a version that is not a release, even if the commit makes one", async () => {
    const { folder, commit, at, publish } = await published();
    const wrong = control({ withdrawn: [{ version: "9.9.9", reason: "typed wrongly" }] });
    for (const [day, files] of [
      ["04", wrong],
      ["05", { ...wrong, ...rivers("Rhenus") }],
    ] as const) {
      await write(at, files);
      const sha = await commit("typo", `2024-01-${day}T00:00:00Z`);
      // Every run says it, also one that adds nothing.
      for (let i = 0; i < 2; i += 1) {
        const said = await publish();
        expect(said).toContain(
          `small  commit ${sha.slice(0, 10)}: 1 problem, the first in dataset.json: 9.9.9 is not a release of small, so it cannot be withdrawn or removed\n`,
        );
        expect(said).not.toContain("makes no release");
        if (i === 0 && day === "05") expect(said).toContain("small 1.0.3  patch");
      }
    }
    const checked = await factpress(folder, "check", "--against", "store");
    expect([checked.code, checked.out]).toEqual([
      1,
      expect.stringContaining("9.9.9 is not a release, so it cannot be withdrawn or removed"),
    ]);
  });
});

describe("factpress restore", () => {
  it("restores a lost store from its catalogue and git, byte for byte", async () => {
    const { folder, git, commit, at, store } = await published();
    await git("remote", "add", "origin", "https://example.org/owner/name.git");
    await rm(store, { recursive: true });
    const site = ["--url", "https://data.example.org"];
    await factpress(folder, "publish", "--store", "store", ...site);
    await write(at, control({ withdrawn: [{ version: "1.0.1", reason: "wrong" }], removed: [{ version: "1.0.0", reason: "court" }] }));
    await commit("withdraw and remove", "2024-01-04T00:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    expect(readFileSync(join(store, "pages/small/explorer/1.0.0.lines.json"), "utf8")).toContain("rhine");
    await factpress(folder, "remove", "1.0.0", "--store", "store");
    const whole = await tree(store);
    const copy = join(folder, "copy");
    cpSync(join(store, "small/releases.json"), join(copy, "small/releases.json"));
    const { code, out } = await factpress(folder, "restore", "--store", "copy", ...site);
    expect([code, out]).toEqual([0, expect.stringContaining("3 of 3 releases restored")]);
    const back = await tree(copy);
    // Where a record of a removed version stood is not told again.
    expect(whole.get("pages/small/explorer/1.0.0.lines.json")).toBe("{}\n");
    whole.delete("pages/small/explorer/1.0.0.lines.json");
    // Its picture became a white one, and is not made again.
    expect(decodePng(readFileSync(join(store, "pages/small/1.0.0/card.png")))).toMatchObject({ width: 2, height: 1, colours: ["#ffffff"] });
    whole.delete("pages/small/1.0.0/card.png");
    expect(whole.get("pages/small/explorer/1.0.2.lines.json")).toContain('"rhine":"rivers.json#L3"');
    // The metadata of a removed release is named by hashes of the removed content.
    for (const [path, text] of whole)
      if (path.includes("/iceberg/") && text.startsWith("This file was removed by its publisher")) whole.delete(path);
    expect(back).toEqual(whole);
    await rm(join(copy, "small/1.0.2/levels.csv"));
    expect((await factpress(folder, "restore", "--store", "copy")).out).toContain("1 of 3 releases restored");
  });
});

describe("factpress publish --url", () => {
  it("links to the lines of records even in releases that were made before it was set", async () => {
    const { folder, git, store } = await published();
    expect(existsSync(join(store, "pages/small/explorer/1.0.0.lines.json"))).toBe(false);
    await git("remote", "add", "origin", "git@example.org:owner/name.git");
    await factpress(folder, "publish", "--store", "store", "--url", "https://data.example.org");
    for (const version of ["1.0.0", "1.0.1", "1.0.2"])
      expect(readFileSync(join(store, `pages/small/explorer/${version}.lines.json`), "utf8")).toContain('"rhine":"rivers.json#L3"');
    expect((await factpress(folder, "verify", "store")).code).toBe(0);
  });
});

describe("factpress publish --readable-bucket", () => {
  it("applies until it ends", async () => {
    const { folder, store } = await published();
    const publish = async (...options: string[]): Promise<unknown> => {
      const { code, out } = await factpress(folder, "publish", "--store", "store", ...options);
      return code === 0 ? (JSON.parse(readFileSync(join(store, "pages/site.json"), "utf8")) as { bucket?: string }).bucket : out;
    };
    const url = ["--url", "https://data.example.org"];
    expect(await publish(...url, "--readable-bucket", "s3://facts")).toBe("s3://facts");
    expect(await publish(...url)).toBe("s3://facts");
    expect(await publish(...url, "--no-readable-bucket")).toBeUndefined();
    expect((await factpress(folder, "verify", "store")).code).toBe(0);
    expect(await publish("--readable-bucket", "s3://facts")).toContain("--readable-bucket and --no-readable-bucket need --url");
  });
});

describe("factpress check", () => {
  it("fails for a major change that is not announced, names each record and column, and both ways out", async () => {
    const { folder, at, git } = await published();
    await git("checkout", "-q", "-b", "change");
    const schema = structuredClone(smallDataset()["schema.json"]) as {
      properties: { levels: { items: { properties: Record<string, unknown> } } };
    };
    delete schema.properties.levels.items.properties["note"];
    await write(at, {
      "schema.json": schema,
      "rivers.json": [{ id: "rhine", label: "Rhin" }],
      "levels.json": [{ river: "rhine", gauge: 1, metres: 2.5 }],
    });
    const { code, out } = await factpress(folder, "check");
    expect(code).toBe(1);
    for (const words of [
      "major, 1 river removed, 1 level corrected, 1 removed, 1 other change (1 breaking)",
      "This breaks readers, and 2.0.0 is not announced: levels.csv: column note is gone",
      "rivers: elbe is gone",
      'levels: ["elbe",1] is gone',
      "1 problem in",
      'or announce it: set release.version to "2.0.0" in dataset.json',
    ])
      expect(out).toContain(words);
    expect((await factpress(folder, "check", "--against", "store")).out).toContain("next release 2.0.0: major against 1.0.2, ");
    await write(at, { "dataset.json": smallDataset("2.0.0")["dataset.json"] });
    expect((await factpress(folder, "check")).code).toBe(0);
  });

  it("names the next version against a store or a URL", async () => {
    const { folder, at } = await published();
    await write(at, {
      "rivers.json": [
        { id: "rhine", label: "Rhein" },
        { id: "elbe", label: "Elbe" },
        { id: "oder", label: "Oder" },
      ],
    });
    expect((await factpress(folder, "check", "--against", "store")).out).toContain(
      "next release 1.1.0: minor against 1.0.2, 1 river added, 1 corrected",
    );
    await write(at, rivers("Rhin"));
    expect((await factpress(folder, "check", "--against", "store")).out).toContain("no new release");
    expect((await factpress(folder, "check", "--against", "nowhere")).code).toBe(2);
  });
});

it("the manifest of a release is covered by the catalogue, and everything else by the manifest", async () => {
  const { store } = await published();
  const catalogue = JSON.parse(readFileSync(join(store, "small/releases.json"), "utf8")) as {
    releases: { version: string; manifest: string }[];
  };
  for (const { version, manifest } of catalogue.releases) {
    const sums = readFileSync(join(store, "small", version, "SHA256SUMS"));
    expect(createHash("sha256").update(sums).digest("hex")).toBe(manifest);
    const named = sums
      .toString()
      .split("\n")
      .filter(Boolean)
      .map((line) => line.slice(66));
    expect([...named, "SHA256SUMS", "SHA256SUMS.jws"].sort()).toEqual(readdirSync(join(store, "small", version)).sort());
  }
});
