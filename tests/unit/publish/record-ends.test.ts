import { describe, expect, it } from "vitest";
import { HistoryTooLongError } from "../../../lib/ports/history-too-long-error.ts";
import type { History, Source } from "../../../lib/ports/ports.ts";
import { ShallowHistoryError } from "../../../lib/ports/shallow-history-error.ts";
import { findEndedPending } from "../../../lib/publish/find-ended-pending.ts";
import { datasetPublishFailures, publishEachDataset } from "../../../lib/publish/publish-each-dataset.ts";
import { recordEnds } from "../../../lib/publish/record-ends.ts";
import { projectDataset } from "../../../lib/render/project-dataset.ts";
import { readSite, writeSite } from "../../../lib/render/site.ts";
import { nothingVerified } from "../../../lib/verify/nothing-verified.ts";
import { VerificationError } from "../../../lib/verify/verification-error.ts";
import { verifyDataset } from "../../../lib/verify/verify-dataset.ts";
import { verifyRebuilt } from "../../../lib/verify/verify-rebuilt.ts";
import { Branch, publish, type World, world } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";

const A = { records: { a: "1" } };
const GONE = { records: {}, gone: true, date: "2024-03-01T10:00:00Z" };

/** The files of a dataset that continues another. */
const continuing = (name: string, continues: string): Source => {
  const files = new Map([
    [
      "dataset.json",
      JSON.stringify({ name, title: name, description: name, licenses: [{ name: "CC0-1.0" }], release: { version: "1.0.0", continues } }),
    ],
    [
      "schema.json",
      '{"type":"object","properties":{"t":{"type":"array","primaryKey":["id"],"items":{"type":"object","required":["id"],"properties":{"id":{"type":"string"}}}}}}',
    ],
    ["t.json", "[]"],
  ]);
  return {
    list: async () => [...files].map(([path, text]) => ({ path, bytes: text.length })),
    async *read(path) {
      yield Buffer.from(files.get(path) ?? "");
    },
  };
};

/** Publishes the dataset `d` of a branch if it exists, and records deleted datasets. Returns the log. */
async function publishBranch(
  w: World,
  history: Branch,
  others: ReadonlyMap<string, Source> = new Map(),
  { planFirst = false } = {},
): Promise<string[]> {
  const { tip } = await history.after(null);
  const isThere = tip?.tree !== null;
  const lines: string[] = [];
  const present = new Map([...(isThere && tip ? [["d", history.at(tip)] as const] : []), ...others]);
  const job = { store: w.store, aliases: w.aliases, log: (line: string) => void lines.push(line) };
  const branch = { present, historyOf: () => history };
  const each = await publishEachDataset(w.store, isThere ? ["d"] : [], {
    findEnded: () => findEndedPending(w.store, branch),
    publish: () => publish({ history, ...w, planFirst }),
    logFailure: () => {},
    recordEnds: (unfinished) => recordEnds(job, branch, unfinished),
  });
  expect(datasetPublishFailures(each)).toEqual([]);
  return lines;
}

const text = (w: World, key: string): string => Buffer.from(w.objects.get(key) ?? "").toString("utf8");
const page = (w: World): string =>
  text(w, "pages/d/index.html")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/\s+/g, " ");
const verified = (w: World) => verifyDataset({ store: w.store, dataset: "d", aliases: w.aliases, generator: "1" });

/** A store with a release of `d`. */
async function published(): Promise<{ w: World; history: Branch }> {
  const w = world();
  const history = new Branch().push(A);
  await publishBranch(w, history);
  return { w, history };
}

describe("a dataset that the published branch no longer contains", () => {
  it("gets the releases of its last commits before its end is recorded, and then verifies against git", async () => {
    const { w, history } = await published();
    history.push({ records: { a: "2" } }, { records: { a: "2" }, ended: "The agency closed." }, GONE);
    expect(await publishBranch(w, history)).toEqual(["d  ends: The agency closed. Its releases stay published, and its page shows it."]);
    expect(w.entries.get("d/latest")).toBe("1.0.1");
    expect(page(w)).toContain("The agency closed. Version 1.0.1 is the last");
    const { catalogue } = await verified(w);
    const result = nothingVerified();
    await verifyRebuilt(w.store, catalogue, { history, runtime: { ...RUNTIME, generator: "1" } }, result);
    expect(result.uncompared).toEqual([]);
  });

  it("ends even if the last commit before its deletion was refused", async () => {
    const { w, history } = await published();
    history.push({ records: { a: "2" } }, { records: { a: "3" }, broken: true }, GONE);
    expect(await publishBranch(w, history)).toHaveLength(1);
    expect(w.entries.get("d/latest")).toBe("1.0.1");
  });

  it("ends even if its last commits revert each other, which prevents the end only while they can be squashed", async () => {
    const { w, history } = await published();
    history.push({ records: { a: "1", z: "2" } }, A);
    const blocked = await publish({ history, ...w, planFirst: true });
    expect(blocked.blocked).toBeDefined();
    history.push(GONE);
    expect(await publishBranch(w, history, new Map(), { planFirst: true })).toHaveLength(1);
    expect((await readSite(w.store)).ended).toHaveProperty("d");
    expect(w.entries.get("d/latest")).toBe("1.0.0");
  });

  it("has not ended while its last commits could not be released", async () => {
    const { w, history } = await published();
    history.push({ records: { a: "2" } }, GONE);
    const job = { store: w.store, aliases: w.aliases, log: () => {} };
    const branch = { present: new Map(), historyOf: () => history };
    const each = await publishEachDataset(w.store, await findEndedPending(w.store, branch), {
      publish: () => Promise.reject(new Error("out of memory")),
      logFailure: () => {},
      recordEnds: (unfinished) => recordEnds(job, branch, unfinished),
    });
    expect([...each.failures.keys()]).toEqual(["d"]);
    expect((await readSite(w.store)).ended).toBeUndefined();
    expect(await publishBranch(w, history)).toHaveLength(1);
    expect(w.entries.get("d/latest")).toBe("1.0.1");
  });

  it("gets these releases later if its end was recorded without them", async () => {
    const { w, history } = await published();
    history.push({ records: { a: "2" } }, GONE);
    const branch = { present: new Map(), historyOf: () => history };
    await recordEnds({ store: w.store, aliases: w.aliases, log: () => {} }, branch);
    expect(await findEndedPending(w.store, branch)).toEqual([]);
    expect(await findEndedPending(w.store, branch, { isRecordedToo: true })).toEqual(["d"]);
    await publish({ history, ...w });
    expect(await findEndedPending(w.store, branch, { isRecordedToo: true })).toEqual([]);
  });

  it("is reported on its page, in its feed and in the list of datasets, with date, commit and last version", async () => {
    const { w, history } = await published();
    const before = new Map(w.objects);
    expect(await publishBranch(w, history.push(GONE))).toEqual([
      `d  was deleted by commit ${history.tip?.slice(0, 10)}. Its releases stay published, and its page shows it.`,
    ]);
    expect(page(w)).toContain(
      `No longer published since 1 Mar 2024 (commit ${history.tip?.slice(0, 10)}). Version 1.0.0 is the last and stays available.`,
    );
    expect(text(w, "pages/d/1.0.0/index.html")).toBe(text(w, "pages/d/index.html"));
    expect(text(w, "d/feed.xml")).toContain("<title>D: no longer published</title>");
    expect(text(w, "d/feed.xml")).toContain("<updated>2024-03-01T10:00:00Z</updated>");
    expect(text(w, "pages/index.html")).toContain("<strong>No longer published.</strong>");
    expect(w.entries.get("d/latest")).toBe("1.0.0");
    for (const [key, bytes] of before) if (/^d\/(1\.0\.0\/|releases)/.test(key)) expect(w.objects.get(key), key).toEqual(bytes);
    await verified(w);
  });

  it("is recorded once: publishing again changes and reports nothing", async () => {
    const { w, history } = await published();
    await publishBranch(w, history.push(GONE));
    const before = new Map(w.objects);
    expect(await publishBranch(w, history)).toEqual([]);
    expect(w.objects).toEqual(before);
    expect(await publishBranch(w, history.push({ ...GONE, date: "2024-05-01T00:00:00Z" }))).toEqual([]);
    expect(w.objects).toEqual(before);
  });

  it("has the reason from its last dataset.json", async () => {
    const { w, history } = await published();
    await publishBranch(w, history.push({ ...A, ended: "The survey was stopped" }, GONE));
    expect(page(w)).toContain(`(commit ${history.tip?.slice(0, 10)}). The survey was stopped. Version 1.0.0 is the last`);
    await verified(w);
  });

  it("links to the dataset that continues it, even if that is declared later", async () => {
    const { w, history } = await published();
    await publishBranch(w, history.push(GONE));
    expect(text(w, "pages/d/index.html")).not.toContain("Continued");
    w.objects.set("e/releases.json", Buffer.from(text(w, "d/releases.json").replaceAll('"d"', '"e"')));
    expect(await publishBranch(w, history, new Map([["e", continuing("e", "d")]]))).toEqual([
      "d  continues as e. Its releases stay published, and its page links to it.",
    ]);
    expect(text(w, "pages/d/index.html")).toContain('Continued as <a href="/e/">e</a>');
    expect(text(w, "d/feed.xml")).toContain('<link href="/e/"/>');
    await verified(w);
  });

  it("does not link to a dataset that has no release yet", async () => {
    const { w, history } = await published();
    expect(await publishBranch(w, history.push(GONE), new Map([["e", continuing("e", "d")]]))).toEqual([
      `d  was deleted by commit ${history.tip?.slice(0, 10)}. Its releases stay published, and its page shows it.`,
    ]);
    expect(text(w, "pages/d/index.html")).not.toContain("Continued");
  });

  it("is not recorded while another dataset of the branch is refused", async () => {
    const { w, history } = await published();
    const before = new Map(w.objects);
    const { tip } = await history.push(GONE).after(null);
    const refused = { commit: tip?.id ?? null, kind: "refused" as const, why: "bad", problems: [] };
    const ends: string[] = [];
    await publishEachDataset(w.store, ["e"], {
      publish: async () => ({ ...(await publish({ history: new Branch(), ...world() })), refused }),
      logFailure: () => {},
      recordEnds: async () => void ends.push("recorded"),
    });
    expect(ends).toEqual([]);
    expect(w.objects).toEqual(before);
  });

  it("is no longer reported once a release follows on a branch without the commit that deleted it", async () => {
    const { w, history } = await published();
    const start = history.tip;
    await publishBranch(w, history.push(GONE));
    expect(page(w)).toContain("No longer published");
    history.reset(start).push({ records: { a: "2" }, date: "2024-03-02T10:00:00Z" });
    expect(await publishBranch(w, history)).toEqual(["d  is in the published branch again"]);
    expect(page(w)).not.toContain("No longer published");
    await verified(w);
  });

  it("stays reported if a branch without the commit that deleted it releases once more and deletes it again", async () => {
    const { w, history } = await published();
    const start = history.tip;
    await publishBranch(w, history.push(GONE));
    history.reset(start).push({ records: { a: "2" }, date: "2024-03-02T10:00:00Z" });
    await publish({ history, ...w });
    expect(await publishBranch(w, history.push({ ...GONE, date: "2024-03-03T10:00:00Z" }))).toEqual([]);
    expect(page(w)).toContain("No longer published since 1 Mar 2024");
  });

  it("is no longer reported once the folder is restored", async () => {
    const { w, history } = await published();
    const before = new Map(w.objects);
    await publishBranch(w, history.push(GONE));
    expect(await publishBranch(w, history.push(A))).toEqual(["d  is in the published branch again"]);
    for (const key of ["pages/d/index.html", "d/feed.xml", "pages/index.html"]) expect(w.objects.get(key), key).toEqual(before.get(key));
    await verified(w);
    await publishBranch(w, history.push(GONE));
    expect(page(w)).toContain(`commit ${history.tip?.slice(0, 10)}`);
  });

  it("is neither ended nor restored by an outdated clone", async () => {
    const { w, history } = await published();
    const complete = history.clone();
    await publishBranch(w, history.push(GONE));
    const ended = history.clone();
    const state = new Map(w.objects);
    expect(await publishBranch(w, complete)).toEqual([]);
    expect(w.objects).toEqual(state);
    await publishBranch(w, history.push(A));
    const back = new Map(w.objects);
    expect(await publishBranch(w, ended)).toEqual([]);
    expect(w.objects).toEqual(back);
  });

  it.each([
    ["the clone is too shallow to tell", new ShallowHistoryError("Too shallow")],
    ["its newest release is too far behind the tip", new HistoryTooLongError("Too long")],
  ])("stays unchanged, with a message, if %s", async (_why, error) => {
    const { w, history } = await published();
    history.push(GONE);
    const before = new Map(w.objects);
    const tooShallow: History = {
      ...{ at: (commit) => history.at(commit), isTipWithin: (commits) => history.isTipWithin(commits) },
      ...{ position: (commit) => history.position(commit), after: () => Promise.reject(error) },
    };
    const lines: string[] = [];
    const job = { store: w.store, aliases: w.aliases, log: (line: string) => void lines.push(line) };
    await recordEnds(job, { present: new Map(), historyOf: () => tooShallow });
    expect(lines).toEqual([`d  could not be checked for its end: ${error.message}`]);
    expect(w.objects).toEqual(before);
    const broken: History = { ...tooShallow, after: () => Promise.reject(new Error("git failed")) };
    await expect(recordEnds(job, { present: new Map(), historyOf: () => broken })).rejects.toThrow("git failed");
  });

  it("stays unchanged if the branch is from another repository", async () => {
    const { w } = await published();
    const before = new Map(w.objects);
    const other = new Branch(new Map(), { made: 100 }).push(GONE);
    expect(await publishBranch(w, other)).toEqual([]);
    expect(w.objects).toEqual(before);
  });

  it("keeps its end when the address of the site changes, and has its pages repaired by the next publish", async () => {
    const { w, history } = await published();
    await publishBranch(w, history.push(GONE));
    await writeSite(w.store, { url: "https://data.example.org" });
    expect((await readSite(w.store)).ended?.["d"]?.commit).toBe(history.tip);
    await publishBranch(w, history);
    expect(page(w)).toContain("No longer published since 1 Mar 2024");
    expect(text(w, "pages/d/index.html")).toContain("https://data.example.org/d/");
    await verified(w);
  });

  it("fails verification if the page hides it", async () => {
    const { w, history } = await published();
    const before = text(w, "pages/d/index.html");
    await publishBranch(w, history.push(GONE));
    w.objects.set("pages/d/index.html", Buffer.from(before));
    await expect(verified(w)).rejects.toBeInstanceOf(VerificationError);
    await projectDataset(w.store, w.aliases, "d");
  });
});
