import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { directoryStore } from "../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../lib/adapters/folder/file-aliases.ts";
import { editorFiles } from "../lib/dataset/editor-files.ts";
import { edgeServer } from "../lib/edge/edge-server.ts";
import { canonicalText } from "../lib/json/canonical-text.ts";
import { hasUsualShape } from "../lib/json/usual-shape.ts";
import type { Schema } from "../lib/schema/schema.ts";
import { planTable } from "../lib/schema/table-plan.ts";
import { hooksHere } from "./hooks-here.ts";
import { factpress, ROOT, repository, SMALL_SCHEMA, scratch, smallDataset, tree, write } from "./scratch.ts";

const plan = planTable("levels", SMALL_SCHEMA as unknown as Schema);

describe("factpress check --fix", () => {
  it.each([
    ["a byte order mark", '\ufeff[\n  {\n    "river": "rhine"\n  }\n]\n', "removed the byte order mark"],
    ["curly quotes in syntax", "[{“river”: “rhine”}]", "put straight quotes in place of curly ones"],
    ["a comma before a closing bracket", '[{"river": "rhine",},]', "removed a comma before a closing bracket"],
    ["an odd shape", '[{"river":"rhine"}]', "set line breaks and spaces"],
  ])("fixes %s", (_what, text, change) => {
    expect(canonicalText(text, plan)).toEqual({ text: '[\n  {\n    "river": "rhine"\n  }\n]\n', changes: [change] });
  });

  it("reports that it writes numbers in another form", () => {
    expect(canonicalText('[\n  {\n    "gauge": -0,\n    "note": "\\u00e9"\n  }\n]\n', plan)).toEqual({
      text: '[\n  {\n    "gauge": 0,\n    "note": "é"\n  }\n]\n',
      changes: ["set line breaks, spaces and how numbers and characters are written"],
    });
  });

  it("puts names in the order of the schema; an unknown one stays after its predecessor", () => {
    const fixed = canonicalText('[{"note": "n", "odd": 1, "gauge": 1, "river": "r"}]', plan);
    expect(fixed?.changes).toEqual(["put columns in their usual order"]);
    expect(Object.keys((JSON.parse(fixed?.text ?? "") as object[])[0] as object)).toEqual(["river", "gauge", "note", "odd"]);
  });

  it.each([
    ["a name twice", '[{"a": 1, "a": 2}]'],
    ["a number that would change", '[{"a": 12345678901234567890}]'],
    ["half a character", '[{"a": "\\ud83d"}]'],
    ["a missing comma", '[{"a": 1 "b": 2}]'],
    ["a curly quote that is never closed", "[{“a: 1}]"],
    ["a merge conflict", "[\n<<<<<<< HEAD\n]"],
    ["comments", '[/* c */ {"a": 1}]'],
    ["brackets without end", "[".repeat(200_000)],
  ])("leaves %s to a person", (_what, text) => {
    expect(canonicalText(text, plan)).toBeUndefined();
  });

  it("changes no value, and nothing the second time", () =>
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        const text = JSON.stringify(value);
        const once = canonicalText(text, plan);
        if (!once) return;
        expect(JSON.parse(once.text)).toEqual(JSON.parse(text));
        expect(canonicalText(once.text, plan)).toEqual({ text: once.text, changes: [] });
        expect([text, once.text].map((one) => hasUsualShape(one, plan))).toEqual([text === once.text, true]);
      }),
    ));

  it("reports what it fixed, and check reports what is unusual", async () => {
    const folder = await scratch();
    await write(join(folder, "data/small"), {
      ...smallDataset("1.0.0"),
      "rivers.json": '[{"label": "Rhine", "id": "rhine"}, {"label": "Elbe", "id": "elbe"},]',
    });
    const before = await factpress(folder, "check");
    expect([before.code, before.out]).toEqual([1, expect.stringContaining("rivers.json")]);
    const file = join(folder, "data/small/rivers.json");
    await chmod(file, 0o640);
    const fixed = await factpress(folder, "check", "--fix");
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect([fixed.code, fixed.out]).toEqual([
      0,
      expect.stringContaining("data/small/rivers.json  removed a comma before a closing bracket, put columns in their usual order"),
    ]);
    const whole = await tree(folder);
    expect((await factpress(folder, "check", "--fix")).out).not.toContain("rivers.json");
    expect(await tree(folder)).toEqual(whole);
    await write(join(folder, "data/small"), { "rivers.json": '[{"id": "rhine", "label": "Rhine"}, {"id": "elbe", "label": "Elbe"}]' });
    const unusual = await factpress(folder, "check");
    expect([unusual.code, unusual.out]).toEqual([
      0,
      expect.stringContaining("1 file not in the usual shape (data/small/rivers.json): factpress check --fix"),
    ]);
  });

  it("skips files that are not UTF-8 or cannot be read, and fixes the others, despite leftovers of an earlier run", async () => {
    const folder = await scratch();
    const data = join(folder, "data/small");
    const latin1 = Buffer.from('[{"label": "Rh\u00f4ne", "id": "rhone"}]', "latin1");
    const { "rivers.json": _, ...others } = smallDataset("1.0.0");
    await write(data, {
      ...others,
      "levels.json": "[]",
      "rivers/deep.json": "[".repeat(200_000),
      "rivers/latin1.json": latin1,
      ".levels.json.new": "half a fi",
    });
    expect((await factpress(folder, "check")).out).toContain("1 file not in the usual shape (data/small/levels.json)");
    const { code, out } = await factpress(folder, "check", "--fix");
    expect([code, out]).toEqual([1, expect.stringContaining("data/small/levels.json  set line breaks and spaces")]);
    expect(out).toMatch(/rivers\/deep\.json:1:66\n[\s\S]*rivers\/latin1\.json:1:\d+\n {2}This is not UTF-8/);
    expect(readFileSync(join(data, "rivers/latin1.json"))).toEqual(latin1);
    expect(readFileSync(join(data, "levels.json"), "utf8")).toBe("[]\n");
  });
});

describe("editors", () => {
  it("find schemas beside the data that are what factpress editor writes", () => {
    const schema = JSON.parse(readFileSync(join(ROOT, "data/abraham-accords/schema.json"), "utf8")) as {
      properties: Record<string, unknown>;
    };
    const files = editorFiles(
      [{ path: "data/abraham-accords", tables: Object.keys(schema.properties) }],
      readFileSync(join(ROOT, ".vscode/settings.json"), "utf8"),
    );
    for (const [path, text] of files) expect([path, readFileSync(join(ROOT, path), "utf8")]).toEqual([path, text]);
    // Each points at a table of the dataset's own schema.
    for (const [path, text] of files) {
      const [, table] = /#\/properties\/(.+)$/.exec((JSON.parse(text) as { $ref?: string }).$ref ?? "") ?? [];
      if (path.includes("/table-")) expect(schema.properties).toHaveProperty(table as string);
    }
  });

  it("keep existing settings", () => {
    const settings = '{\n  // mine\n  "editor.tabSize": 4\n}\n';
    const text = editorFiles([{ path: "d", tables: ["t"] }], settings).get(".vscode/settings.json") as string;
    expect(text).toContain("// mine");
    expect(text).toContain('"/d/t/*.json"');
  });
});

describe("factpress remote", () => {
  const git = (cwd: string, ...args: string[]): Promise<{ code: number; text: string }> =>
    new Promise((done) =>
      execFile("git", args, { cwd }, (error, stdout, stderr) => done({ code: error ? Number(error.code) : 0, text: stdout + stderr })),
    );

  it("publishes the other datasets if one cannot be published, and reports its problem", async () => {
    await hooksHere();
    const made = await repository();
    const place = await scratch();
    const store = join(place, "store");
    const tiny = { ...smallDataset("1.0.0"), "dataset.json": { ...(smallDataset("1.0.0")["dataset.json"] as object), name: "tiny" } };
    await write(join(made.folder, "data/small"), smallDataset("1.0.0"));
    await made.commit("1", "2024-01-01T00:00:00Z");
    await factpress(place, "remote", "hub.git", "--store", "store", "--branch", "main");
    await made.git("remote", "add", "publish", join(place, "hub.git"));
    await git(made.folder, "push", "publish", "main");
    await rm(join(store, "small/releases.json"));
    await write(join(store, "small/1.0.0"), { "rivers.csv": "damaged" });
    await write(join(made.folder, "data/tiny"), tiny);
    await made.commit("2", "2024-01-02T00:00:00Z");
    const { text } = await git(made.folder, "push", "publish", "main");
    expect(text).toContain("remote: small  small/1.0.0/rivers.csv exists in the store with different bytes");
    expect(text).toContain("remote: tiny 1.0.0  first release");
    expect(readFileSync(join(store, "pages/index.html"), "utf8")).toContain('href="/tiny/');
  });

  it("publishes a valid push to main, rejects an invalid one, and accepts an invalid branch with a report", async () => {
    const made = await repository();
    const { folder, commit } = made;
    const at = join(folder, "data/small");
    await write(at, smallDataset("1.0.0"));
    await commit("1", "2024-01-01T00:00:00Z");
    const place = await scratch();
    expect((await factpress(place, "remote", "hub.git", "--store", "store", "--branch", "main")).code).toBe(0);
    await made.git("remote", "add", "publish", join(place, "hub.git"));
    const first = await git(folder, "push", "publish", "main");
    expect([first.code, first.text]).toEqual([
      0,
      expect.stringMatching(/remote: data\/small {2}no problems[\s\S]*remote: small 1\.0\.0 {2}first release/),
    ]);
    // The correction is served at its URL.
    const server = edgeServer({ root: join(place, "store"), aliases: fileAliases(directoryStore(join(place, "store"))) });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    expect(await (await fetch(`${base}/small/latest/rivers.csv`)).text()).toContain("rhine,Rhine");
    await write(at, {
      "rivers.json": [
        { id: "rhine", label: "Rhein" },
        { id: "elbe", label: "Elbe" },
      ],
    });
    await commit("2", "2024-01-02T00:00:00Z");
    expect((await git(folder, "push", "publish", "main")).text).toMatch(
      /remote: data\/small {2}no problems: [0-9a-f]{10} against main \([0-9a-f]{10}\): patch, 1 river corrected/,
    );
    expect(await (await fetch(`${base}/small/latest/rivers.csv`)).text()).toContain("rhine,Rhein");
    server.close();
    await write(at, { "levels.json": [{ river: "po", gauge: 1, metres: 1 }] });
    await commit("bad", "2024-01-03T00:00:00Z");
    const bad = await git(folder, "push", "publish", "main");
    expect(bad.code).not.toBe(0);
    expect(bad.text).toMatch(/remote: data\/small\/levels\.json:3:\d+[\s\S]*There is no "po" in rivers[\s\S]*Rejected: main is published/);
    expect(await made.git("ls-remote", "publish", "main")).not.toContain(await made.git("rev-parse", "HEAD"));
    const side = await git(folder, "push", "publish", "HEAD:refs/heads/side");
    expect([side.code, side.text]).toEqual([0, expect.stringContaining("side was accepted anyway: only main is published.")]);
    expect(existsSync(join(place, "store/small/1.0.2"))).toBe(false);
    expect((await factpress(place, "remote", "hub.git", "--branch", "main")).code).toBe(2);
  });

  it("reports a deleted dataset; rejects a main without datasets or with a breaking change", async () => {
    await hooksHere();
    const made = await repository();
    const { folder, commit } = made;
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    const other = { ...smallDataset("1.0.0"), "dataset.json": { ...(smallDataset("1.0.0")["dataset.json"] as object), name: "other" } };
    await write(join(folder, "data/other"), other);
    const first = await commit("1", "2024-01-01T00:00:00Z");
    const hub = join(await scratch(), "hub.git");
    expect((await factpress(join(hub, ".."), "remote", "hub.git", "--branch", "main")).code).toBe(0);
    expect((await git(folder, "push", hub, "main")).code).toBe(0);
    await rm(join(folder, "data/other"), { recursive: true });
    await commit("2", "2024-01-02T00:00:00Z");
    const gone = await git(folder, "push", hub, "main");
    expect([gone.code, gone.text]).toEqual([1, expect.stringMatching(/data\/other {2}was deleted: main \(.*\) has it[\s\S]*Rejected/)]);
    await made.git("reset", "-q", "--hard", first);
    const ends = { ...other["dataset.json"], release: { version: "1.0.0", ended: "Measurements have ended." } };
    await write(join(folder, "data/other"), { "dataset.json": ends });
    await commit("2", "2024-01-02T00:00:00Z");
    expect((await git(folder, "push", hub, "main")).code).toBe(0);
    await rm(join(folder, "data/other"), { recursive: true });
    await commit("2b", "2024-01-02T12:00:00Z");
    const ended = await git(folder, "push", hub, "main");
    expect([ended.code, ended.text]).toEqual([
      0,
      expect.stringContaining("data/other  ends: Measurements have ended. Its releases stay published, and its page shows it."),
    ]);
    expect(existsSync(join(hub, "../store/other/1.0.0/SHA256SUMS"))).toBe(true);
    await made.git("mv", "data", "Data");
    await commit("3", "2024-01-03T00:00:00Z");
    const side = await git(folder, "push", hub, "HEAD:refs/heads/side");
    expect([side.code, side.text]).toEqual([
      0,
      expect.stringMatching(/data\/small {2}was deleted[\s\S]*no dataset in data\/[\s\S]*side was accepted/),
    ]);
    const none = await git(folder, "push", hub, "main");
    expect([none.code, none.text]).toEqual([1, expect.stringMatching(/There is no dataset in data\/[\s\S]*Rejected/)]);
    await made.git("switch", "-q", "--orphan", "unrelated");
    await write(join(folder, "data/small"), { ...smallDataset("1.0.0"), "levels.json": [] });
    await commit("4", "2024-01-04T00:00:00Z");
    const unrelated = await git(folder, "push", "--force", hub, "HEAD:refs/heads/main");
    expect([unrelated.code, unrelated.text]).toEqual([1, expect.stringMatching(/problems? in data\/small[\s\S]*Rejected/)]);
    const back = await git(folder, "push", "--force", hub, `${first}:refs/heads/main`);
    expect([back.code, back.text]).toEqual([0, expect.stringContaining("data/small  no problems")]);
  });

  it("stores the address of the site and the repository for pages", async () => {
    await hooksHere();
    const made = await repository();
    await write(join(made.folder, "data/small"), smallDataset("1.0.0"));
    await made.commit("1", "2024-01-01T00:00:00Z");
    const place = await scratch();
    expect((await factpress(place, "remote", "hub.git", "--branch", "main", "--url", "data.example.org")).code).toBe(2);
    expect((await factpress(place, "remote", "hub.git", "--branch", "main", "--url", "https://data.example.org/")).code).toBe(0);
    await git(join(place, "hub.git"), "remote", "add", "origin", "git@example.org:owner/name.git");
    await made.git("push", join(place, "hub.git"), "main");
    const page = readFileSync(join(place, "store/pages/small/index.html"), "utf8");
    expect(page).toContain('<link rel="canonical" href="https://data.example.org/small/"');
    expect(page).toContain("https://example.org/owner/name/tree/HEAD/data/small");
  });
});
