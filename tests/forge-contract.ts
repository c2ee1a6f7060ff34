import { chmod, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cloneBranch } from "../lib/adapters/git/clone-branch.ts";
import { findGitRepository } from "../lib/adapters/git/git-repository.ts";
import type { Forge, ForgeEvent, Verdict, Webhook, WebhookHeaders } from "../lib/ports/forge.ts";
import { ForgeError } from "../lib/ports/forge-error.ts";
import { MissingCommitError } from "../lib/ports/missing-commit-error.ts";
import type { Source } from "../lib/ports/ports.ts";
import { UnreadableSourceError } from "../lib/ports/unreadable-source-error.ts";
import { copiesOf, repository, scratch, smallDataset, type TestRepository, write } from "./scratch.ts";

interface OpenForge {
  forge: Forge;
  /** Opens a pull request, or moves it to a commit. */
  setPull(number: number, into: string, sha: string, from?: string): Promise<void>;
  reportCount(sha: string): number;
  comments(pull: number): string[];
}

/** A delivery as the forge sends it, and the expected event. */
export interface Delivery {
  headers: WebhookHeaders;
  body: string;
  event: ForgeEvent;
}

export interface ForgeFixture {
  name: string;
  /** A forge that hosts a local repository. */
  open(git: TestRepository): Promise<OpenForge>;
  webhook: Webhook;
  /** Signed deliveries about the repository `owner/name`. */
  deliveries(secret: string): Delivery[];
}

const LIMITS = { files: 100, fileBytes: 1_000_000, totalBytes: 10_000_000, depth: 4 };
const NO_COMMIT = "0".repeat(40);
const VERDICT: Verdict = {
  conclusion: "failure",
  title: "1 problem",
  summary: "See the file.",
  problems: [{ file: "data/small/levels.json", line: 2, column: 3, message: "Wrong" }],
  problemCount: 1,
};

async function bytesOf(source: Source, path: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.read(path)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A history with a merge: 1 – 2 – merge – 3 on main, and the commit "side" merged from a branch. */
async function mergedHistory(git: TestRepository) {
  const data = join(git.folder, "data/small");
  const add = async (name: string, day: number): Promise<string> => {
    await write(data, { "rivers.json": [{ id: name, label: name }] });
    return git.commit(name, `2024-01-0${day}T00:00:00Z`);
  };
  await write(data, smallDataset("1.0.0"));
  const first = await git.commit("one", "2024-01-01T00:00:00Z");
  await git.git("checkout", "-q", "-b", "side");
  await write(git.folder, { "other.txt": "x" });
  const side = await git.commit("side", "2024-01-02T00:00:00Z");
  await git.git("checkout", "-q", "main");
  const second = await add("two", 3);
  await git.git("merge", "-q", "--no-ff", "-m", "merge", "side");
  const merge = await git.git("rev-parse", "HEAD");
  const third = await add("three", 5);
  await git.git("checkout", "-q", "-b", "ahead");
  const ahead = await add("ahead", 6);
  await git.git("checkout", "-q", "--orphan", "unrelated");
  const unrelated = await git.commit("unrelated", "2024-01-07T00:00:00Z");
  await git.git("checkout", "-q", "main");
  return { first, second, third, side, merge, ahead, unrelated };
}

/** Tests for every forge. */
export function forgeContract({ name, open, webhook, deliveries }: ForgeFixture): void {
  describe(`the forge: ${name}`, () => {
    const copyOfMerged = copiesOf(mergedHistory);
    it("reads commits, their folders and merge bases", async () => {
      const { made, ...git } = await copyOfMerged();
      const { first, second, third, side, unrelated } = made;
      const { forge } = await open(git);
      forge.startWork();
      expect(forge.webUrl).toMatch(/^\w+:\/\/./);
      expect(forge.retryHint).toMatch(/[a-z"]$/);
      expect(await forge.defaultBranch()).toBe("main");
      expect([await forge.tip("main"), await forge.tip("side")]).toEqual([third, side]);
      expect(await forge.commit(second)).toEqual({
        tree: await git.git("rev-parse", `${second}^{tree}`),
        parents: [first],
        date: "2024-01-03T00:00:00Z",
      });
      expect(await forge.mergeBase("main", side)).toBe(side);
      expect(await forge.mergeBase(second, side)).toBe(first);
      expect([await forge.mergeBase(first, unrelated), await forge.mergeBase(first, NO_COMMIT)]).toEqual([undefined, undefined]);
      const [one, two, three] = await Promise.all([first, side, second].map(async (sha) => (await forge.commit(sha)).tree));
      const folder = (tree: string | undefined, path: string) => forge.folderId(tree as string, path);
      expect(await folder(one, "data/small")).toBe(await git.git("rev-parse", `${first}:data/small`));
      expect(await folder(two, "data/small")).toBe(await folder(one, "data/small"));
      expect(await folder(three, "data/small")).not.toBe(await folder(one, "data/small"));
      expect(await folder(one, "")).toBe(one);
      expect([await folder(one, "data/none"), await folder(two, "other.txt")]).toEqual([null, null]);
      expect([...(await forge.folderIds(one as string, "data"))]).toEqual([["small", await folder(one, "data/small")]]);
      expect([...(await forge.folderIds(one as string, "none"))]).toEqual([]);
    });

    it("reads the files of a folder byte by byte, without hidden ones, within limits", async () => {
      const git = await repository();
      const odd = Buffer.from([0xff, 0xfe, 0, 0x0a, 0xc3]);
      await write(join(git.folder, "data/small"), {
        "odd.bin": odd,
        "empty.json": "",
        "deep/er/a.json": "[]",
        ".hidden/b": "b",
        ".c": "c",
      });
      await chmod(join(git.folder, "data/small/empty.json"), 0o755);
      await write(git.folder, { "data/.hidden/a": "a" });
      const sha = await git.commit("one", "2024-01-01T00:00:00Z");
      const { forge } = await open(git);
      const { tree } = await forge.commit(sha);
      expect([...(await forge.folderIds(tree, "data")).keys()]).toEqual(["small"]);
      const folder = (await forge.folderId(tree, "data/small")) as string;
      const source = forge.source(folder, LIMITS);
      const byPath = async () => new Map((await source.list()).map(({ path, bytes }) => [path, bytes]));
      expect(new Map([...(await byPath())].sort())).toEqual(
        new Map([
          ["deep/er/a.json", 2],
          ["empty.json", 0],
          ["odd.bin", 5],
        ]),
      );
      expect([await bytesOf(source, "odd.bin"), (await bytesOf(source, "empty.json")).length]).toEqual([odd, 0]);
      await expect(bytesOf(source, "none.json")).rejects.toThrow("none.json");
      for (const limit of [{ files: 2 }, { fileBytes: 4 }, { totalBytes: 6 }, { depth: 1 }])
        await expect(forge.source(folder, { ...LIMITS, ...limit }).list()).rejects.toThrow(UnreadableSourceError);
    });

    it("lets git clone a branch", async () => {
      const git = await repository();
      await write(git.folder, { "data/small/a.json": "[]" });
      const tip = await git.commit("one", "2024-01-01T00:00:00Z");
      const { forge } = await open(git);
      const clone = join(await scratch(), "clone");
      await cloneBranch(await forge.cloneAccess(), "main", clone);
      const { url } = await forge.cloneAccess();
      expect(await forge.isPublic()).toBe(true);
      await cloneBranch({ url }, "main", `${clone}-2`);
      expect((await (await findGitRepository(clone))?.git("rev-parse", "refs/heads/main"))?.trim()).toBe(tip);
    });

    it("refuses a link in a dataset", async () => {
      const git = await repository();
      await write(git.folder, { "data/small/a.json": "[]" });
      await symlink("a.json", join(git.folder, "data/small/b.json"));
      const sha = await git.commit("one", "2024-01-01T00:00:00Z");
      const { forge } = await open(git);
      const folder = (await forge.folderId((await forge.commit(sha)).tree, "data/small")) as string;
      await expect(forge.source(folder, LIMITS).list()).rejects.toThrow(UnreadableSourceError);
    });

    it("follows the first parents of a branch", async () => {
      const { made, ...git } = await copyOfMerged();
      const { first, second, third, side, merge, ahead, unrelated } = made;
      const { forge } = await open(git);
      const history = forge.history("main", "data/small", LIMITS);
      const tip = { id: third, date: "2024-01-05T00:00:00Z", tree: await git.git("rev-parse", `${third}:data/small`) };
      const all = await history.after(null);
      expect([all.position, all.base, all.tip, all.commits.at(-1)]).toEqual(["on", null, tip, tip]);
      expect(all.commits.map(({ id }) => id)).toEqual([first, second, merge, third]);
      const later = await history.after(second);
      expect([later.position, later.base, later.commits.map(({ id }) => id)]).toEqual([
        "on",
        await git.git("rev-parse", `${second}:data/small`),
        [merge, third],
      ]);
      expect(await history.after(third)).toMatchObject({ position: "on", commits: [], tip });
      const positions = { [first]: "on", [third]: "on", [side]: "aside", [ahead]: "behind", [unrelated]: "aside", [NO_COMMIT]: "unknown" };
      for (const [sha, position] of Object.entries(positions)) expect([sha, await history.position(sha)]).toEqual([sha, position]);
      for (const [sha, position] of Object.entries(positions).filter(([, where]) => where !== "on"))
        expect([sha, await history.after(sha)]).toMatchObject([sha, { position, commits: [], tip }]);
      expect([await history.isTipWithin([third]), await history.isTipWithin([second]), await history.isTipWithin([])]).toEqual([
        true,
        false,
        false,
      ]);
      const rivers = async (sha: string) => bytesOf(history.at({ id: sha, date: null, tree: null }), "rivers.json");
      expect(JSON.parse((await rivers(second)).toString())).toEqual([{ id: "two", label: "two" }]);
      await expect(rivers(NO_COMMIT)).rejects.toThrow(MissingCommitError);
      const none = forge.history("main", "data/none", LIMITS).at({ id: first, date: null, tree: null });
      await expect(none.list()).rejects.toThrow(MissingCommitError);
    });

    it("reports what does not exist as missing", async () => {
      const git = await copyOfMerged();
      const { forge } = await open(git);
      for (const call of [() => forge.tip("none"), () => forge.commit(NO_COMMIT)]) {
        const error = await call().catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(ForgeError);
        expect(error).toMatchObject({ reason: "missing", publicMessage: expect.stringMatching(/./) });
      }
    });

    it("knows which pull requests are open, and which commit is their newest", async () => {
      const { made, ...git } = await copyOfMerged();
      const { side, ahead } = made;
      const { forge, setPull } = await open(git);
      await setPull(7, "main", side, "side");
      await setPull(8, "side", ahead);
      const asked: [string, string, string][] = [
        ["side", "main", side],
        ["side", "main", ahead],
        ["side", "ahead", side],
        ["ahead", "main", ahead],
      ];
      expect(await Promise.all(asked.map((one) => forge.hasOpenPull(...one)))).toEqual([true, false, false, false]);
      const older = (await forge.commit(side)).parents[0] as string;
      expect(await Promise.all([side, older, NO_COMMIT].map((sha) => forge.isBranchTip(sha)))).toEqual([true, false, false]);
      const tip = await forge.tip("main");
      expect(await forge.overview("main")).toEqual({ tip, pulls: [{ number: 7, sha: side, hasVerdict: false }] });
      await forge.report(side, "Factpress publish", VERDICT);
      expect((await forge.overview("main")).pulls).toEqual([{ number: 7, sha: side, hasVerdict: false }]);
      await forge.report(side, "Factpress", VERDICT);
      expect((await forge.overview("main")).pulls).toEqual([{ number: 7, sha: side, hasVerdict: true }]);
      expect(await forge.overview("ahead")).toEqual({ tip: ahead, pulls: [] });
      await expect(forge.overview("none")).rejects.toMatchObject({ reason: "missing" });
      await setPull(7, "main", ahead);
      expect([await forge.isCurrent(7, ahead), await forge.isCurrent(7, side), await forge.isCurrent(9, ahead)]).toEqual([
        true,
        false,
        false,
      ]);
    });

    it("reports a verdict once, a different one again, and the same one again on request", async () => {
      const { made, ...git } = await copyOfMerged();
      const { third: sha } = made;
      const { forge, reportCount } = await open(git);
      await forge.report(sha, "Factpress publish", VERDICT);
      expect(await forge.hasVerdict(sha)).toBe(false);
      for (let i = 0; i < 2; i += 1) await forge.report(sha, "Factpress", VERDICT);
      expect([await forge.hasVerdict(sha), reportCount(sha)]).toEqual([true, 2]);
      await forge.report(sha, "Factpress", { ...VERDICT, conclusion: "success", title: "No problems", problems: [], problemCount: 0 });
      expect(reportCount(sha)).toBe(3);
      await forge.report(sha, "Factpress publish", VERDICT, true);
      expect(reportCount(sha)).toBe(4);
    });

    it("shows a check as in progress until its verdict follows in its place", async () => {
      const { made, ...git } = await copyOfMerged();
      const { side } = made;
      const { forge, setPull } = await open(git);
      await setPull(7, "main", side);
      const inProgress: Verdict = { conclusion: "in-progress", title: "Soon", summary: "Later.", problems: [], problemCount: 0 };
      const pulls = async () => (await forge.overview("main")).pulls;
      for (let i = 0; i < 2; i += 1) await forge.report(side, "Factpress", inProgress);
      expect(await forge.hasVerdict(side)).toBe(false);
      expect(await pulls()).toEqual([{ number: 7, sha: side, hasVerdict: false, startedAt: expect.stringMatching(/^20\d\d-.*Z$/) }]);
      await forge.report(side, "Factpress", VERDICT);
      expect(await forge.hasVerdict(side)).toBe(true);
      expect(await pulls()).toEqual([{ number: 7, sha: side, hasVerdict: true }]);
    });

    it("keeps one comment on a pull request up to date", async () => {
      const { made, ...git } = await copyOfMerged();
      const { side } = made;
      const { forge, setPull, comments } = await open(git);
      await setPull(7, "main", side);
      for (const text of ["one", "one", "two"]) await forge.comment(7, text);
      expect(comments(7)).toEqual([expect.stringContaining("two")]);
    });
  });

  describe(`the webhooks of the forge: ${name}`, () => {
    it("are events about a repository", () => {
      const all = deliveries("secret");
      expect(all.map(({ event }) => event.kind)).toEqual(expect.arrayContaining(["push", "other"]));
      for (const { headers, body, event } of all) {
        const identified = webhook.identify(headers);
        expect(identified).toEqual({ delivery: expect.stringMatching(/./), type: expect.stringMatching(/./) });
        const payload = JSON.parse(body) as unknown;
        expect(webhook.eventOf((identified as { type: string }).type, payload)).toEqual(event);
        if (event.kind !== "other") expect(webhook.repositoryOf(payload)).toBe("owner/name");
      }
    });

    it("are signed over every byte, with the secret", () => {
      for (const { headers, body } of deliveries("secret")) {
        const signature = (text: string, secret: string, sent = headers) => webhook.signature(sent, Buffer.from(text), secret);
        expect([signature(body, "secret"), signature(body, "Secret"), signature(`${body} `, "secret")]).toEqual([
          "valid",
          "wrong",
          "wrong",
        ]);
        const cut = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.slice(0, -1)]));
        expect([signature(body, "secret", {}), signature(body, "secret", cut)]).toEqual(["missing", "missing"]);
      }
    });

    it("have headers that are safe to log", () => {
      expect(webhook.identify({})).toEqual({ problem: expect.stringMatching(/./) });
      for (const { headers } of deliveries("secret")) {
        const bad = Object.fromEntries(Object.keys(headers).map((name) => [name, "a\nb"]));
        expect(webhook.identify(bad)).toHaveProperty("problem");
      }
    });
  });
}
