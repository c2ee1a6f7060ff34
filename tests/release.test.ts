import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Catalogue } from "../lib/release/catalogue.ts";
import {
  copiesOf,
  expectSums,
  factpress,
  factpressProcess,
  PROGRAM,
  ROOT,
  scratch,
  smallDataset,
  type TestRepository,
  tree,
  write,
} from "./scratch.ts";

const catalogueOf = (store: string, name = "small"): Catalogue =>
  JSON.parse(readFileSync(join(store, name, "releases.json"), "utf8")) as Catalogue;
const versions = (store: string, name?: string): string[] => catalogueOf(store, name).releases.map(({ version }) => version);

/** A repository with a draft, 1.0.0, a correction, an addition, a commit with problems, and one that repairs it. */
async function makeHistory({ folder, commit }: TestRepository): Promise<{ commits: string[] }> {
  const at = join(folder, "data/small");
  const commits: string[] = [];
  const step = async (day: string, files: Record<string, unknown>): Promise<void> => {
    await write(at, files);
    commits.push(await commit(day, `2024-01-${day}T12:00:00Z`));
  };
  await step("01", smallDataset());
  await step("02", smallDataset("1.0.0"));
  await step("03", {
    "rivers.json": [
      { id: "rhine", label: "Rhein" },
      { id: "elbe", label: "Elbe" },
    ],
  });
  await step("04", {
    "rivers.json": [
      { id: "rhine", label: "Rhein" },
      { id: "elbe", label: "Elbe" },
      { id: "oder", label: "Oder" },
    ],
  });
  await step("05", { "rivers.json": "[" });
  await step("06", {
    "rivers.json": [
      { id: "rhine", label: "Rhine" },
      { id: "elbe", label: "Elbe" },
      { id: "oder", label: "Oder" },
    ],
  });
  return { commits };
}

const copyOfHistory = copiesOf(makeHistory);
/** The same, published to the folder `store`. */
const copyOfPublished = copiesOf(async (repository) => {
  const made = await makeHistory(repository);
  expect((await factpress(repository.folder, "publish", "--store", "store")).code).toBe(0);
  return made;
});

async function history(copyOf = copyOfHistory): Promise<TestRepository & { commits: string[] }> {
  const { made, ...copy } = await copyOf();
  return { ...copy, ...made };
}
const published = (): ReturnType<typeof history> => history(copyOfPublished);

describe("factpress build", () => {
  it("creates a folder whose files have the checksums in SHA256SUMS, with the page beside it", async () => {
    const folder = await scratch();
    await write(join(folder, "data/small"), smallDataset());
    expect((await factpress(folder, "build", "--out", "out")).code).toBe(0);
    await expectSums(join(folder, "out/small"));
    const listed = readFileSync(join(folder, "out/small/SHA256SUMS"), "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => line.slice(66));
    expect([...listed, "SHA256SUMS"].sort()).toEqual(readdirSync(join(folder, "out/small")).sort());
    expect(readFileSync(join(folder, "out/small.html"), "utf8")).toContain("Small</h1>");
    expect(readFileSync(join(folder, "out/small/levels.csv"), "utf8")).toBe(
      "river,river_label,gauge,metres,day,day_start,day_end,state,seen,note\r\nrhine,Rhine,1,2.5,2020-12,2020-12-01,2020-12-31,low,Ann;Bo\\;b,'=1+1\r\nelbe,Elbe,1,3,,,,,,\r\n",
    );
    expect(JSON.parse(readFileSync(join(folder, "out/small/small.json"), "utf8"))).toMatchObject({
      dataset: { name: "small" },
      rivers: [{ id: "rhine" }, { id: "elbe" }],
      levels: [{ gauge: 1 }, { gauge: 1 }],
    });
  });

  it("describes columns in a table that fits any value, and explains the formula guard", async () => {
    const folder = await scratch();
    const schema = structuredClone(smallDataset()["schema.json"]) as {
      properties: { levels: { items: { properties: Record<string, object> } } };
    };
    schema.properties.levels.items.properties["state"] = { enum: ["low", "a|b", "c\\|d", "two\nlines"], description: "Low | high" };
    await write(join(folder, "data/small"), { ...smallDataset(), "schema.json": schema });
    expect((await factpress(folder, "build", "--out", "out")).code).toBe(0);
    expect(readFileSync(join(folder, "out/small/README.md"), "utf8").split("\n")).toContain(
      "| `state` | string | state. Low \\| high One of: low, a\\|b, c\\\\\\|d, two lines. |",
    );
    const { notes } = JSON.parse(readFileSync(join(folder, "out/small/datapackage.json"), "utf8")) as { notes: string[] };
    expect(notes.join()).toContain("a tab or a line break");
  });

  it("leaves no rows of an earlier, larger build beside the page", async () => {
    const folder = await scratch();
    const rivers = Array.from({ length: 300 }, (_, i) => ({ id: `r${i}`, label: `River ${i}` }));
    for (const [records, names] of [
      [rivers, ["assets", "small", "small.html", "small.rows.json"]],
      [rivers.slice(0, 2), ["assets", "small", "small.html"]],
    ] as const) {
      await write(join(folder, "data/small"), { ...smallDataset(), "rivers.json": records, "levels.json": [] });
      expect((await factpress(folder, "build", "--out", "out")).code).toBe(0);
      expect(readdirSync(join(folder, "out")).sort()).toEqual(names);
    }
  });

  it("keeps the previous output if there are problems", async () => {
    const folder = await scratch();
    await write(join(folder, "data/small"), smallDataset());
    await factpress(folder, "build", "--out", "out");
    const before = await tree(join(folder, "out"));
    await write(join(folder, "data/small"), { "levels.json": '[{"river": "po", "gauge": 1, "metres": 1}]' });
    expect((await factpress(folder, "build", "--out", "out")).code).toBe(1);
    expect(await tree(join(folder, "out"))).toEqual(before);
  });

  it("leaves no partial folder when it is interrupted", async () => {
    const folder = await scratch();
    // Its check never ends, so that the build has not ended before the signal.
    const endless =
      "-- table: rivers\nWITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'rhine' AS id, count(*) AS message FROM n";
    await write(join(folder, "data/small"), { ...smallDataset(), "checks/endless.sql": endless });
    const child = spawn(process.execPath, [PROGRAM, "build", "--out", "out"], { cwd: folder });
    const code = new Promise((done) => child.on("close", done));
    while (child.exitCode === null && (!existsSync(join(folder, "out")) || readdirSync(join(folder, "out")).length === 0))
      await new Promise((done) => setTimeout(done, 5));
    child.kill("SIGINT");
    expect(await code).toBe(130);
    expect(readdirSync(join(folder, "out"))).toEqual([]);
  });
});

describe("factpress publish", () => {
  it("releases each commit that differs, with the level of its difference, and reads git, not the working folder", async () => {
    const { folder, commits } = await history();
    await write(join(folder, "data/small"), { "rivers.json": "not even JSON" });
    const { code, out } = await factpress(folder, "publish", "--store", "store");
    expect(code).toBe(0);
    expect(
      catalogueOf(join(folder, "store")).releases.map(({ version, level, date, commit }) => [
        version,
        level,
        date,
        commits.indexOf(commit as string),
      ]),
    ).toEqual([
      ["1.1.1", "patch", "2024-01-06T12:00:00Z", 5],
      ["1.1.0", "minor", "2024-01-04T12:00:00Z", 3],
      ["1.0.1", "patch", "2024-01-03T12:00:00Z", 2],
      ["1.0.0", "first", "2024-01-02T12:00:00Z", 1],
    ]);
    expect(out).toContain("small 1.1.0  minor: 1 river added");
    expect(out).toContain(`commit ${commits[4]?.slice(0, 10)} makes no release: 1 problem, the first in rivers.json`);
    for (const version of versions(join(folder, "store"))) await expectSums(join(folder, "store/small", version));
    expect(JSON.parse(readFileSync(join(folder, "store/small/1.0.1/changes.json"), "utf8"))).toMatchObject({
      from: "1.0.0",
      to: "1.0.1",
      level: "patch",
      tables: { rivers: { changed: [{ key: "rhine", fields: { label: { old: "Rhine", new: "Rhein" } } }] } },
    });
  });

  it("adds nothing on a rerun, and yields the same store push by push, at once, and from two concurrent processes", async () => {
    const { folder, commits, git } = await published();
    const once = await tree(join(folder, "store"));
    await factpress(folder, "publish", "--store", "store");
    expect(await tree(join(folder, "store"))).toEqual(once);
    await Promise.all([1, 2].map(() => factpressProcess(folder, "publish", "--store", "together")));
    expect(await tree(join(folder, "together"))).toEqual(once);
    for (const commit of commits) {
      await git("branch", "-f", "step", commit);
      await factpress(folder, "publish", "--store", "steps", "--branch", "step");
    }
    expect(await tree(join(folder, "steps"))).toEqual(once);
  });

  it("fails for a breaking change until a higher major version is announced", async () => {
    const { folder, commit } = await published();
    const rivers = [
      { id: "rhine", label: "Rhine" },
      { id: "elbe", label: "Elbe" },
    ];
    await write(join(folder, "data/small"), { "rivers.json": rivers });
    await commit("oder is gone", "2024-01-07T12:00:00Z");
    const { code, out } = await factpress(folder, "publish", "--store", "store");
    expect([code, out]).toEqual([1, expect.stringContaining("2.0.0 is not announced: rivers: oder is gone")]);
    expect(versions(join(folder, "store"))[0]).toBe("1.1.1");
    await write(join(folder, "data/small"), { "dataset.json": smallDataset("2.0.0")["dataset.json"] });
    await commit("announce it", "2024-01-08T12:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    expect(catalogueOf(join(folder, "store")).releases[0]).toMatchObject({ version: "2.0.0", level: "major" });
  });

  it("fails for a commit that is dated ahead of the clock", async () => {
    const { folder, commit } = await published();
    await write(join(folder, "data/small"), {
      "rivers.json": [
        { id: "rhine", label: "R" },
        { id: "elbe", label: "E" },
        { id: "oder", label: "O" },
      ],
    });
    await commit("from the future", "2099-01-01T00:00:00Z");
    const { code, out } = await factpress(folder, "publish", "--store", "store");
    expect([code, out]).toEqual([1, expect.stringContaining("more than a day ahead of the clock")]);
    expect(versions(join(folder, "store"))[0]).toBe("1.1.1");
  });

  it("marks a break if a rewritten history is declared, and adds nothing if the branch is reset", async () => {
    const { folder, git, commit, commits } = await published();
    await git("reset", "-q", "--hard", commits[2] as string);
    expect((await factpress(folder, "publish", "--store", "store")).out).toContain("the branch is behind the newest release");
    const small = smallDataset("1.0.0")["dataset.json"] as object;
    await write(join(folder, "data/small"), {
      "dataset.json": { ...small, release: { version: "1.0.0", rewritten: commits.at(-1) } },
      "rivers.json": [
        { id: "rhine", label: "R" },
        { id: "elbe", label: "E" },
        { id: "oder", label: "O" },
      ],
    });
    await commit("another history", "2024-01-09T12:00:00Z");
    await factpress(folder, "publish", "--store", "store");
    expect(catalogueOf(join(folder, "store")).releases[0]).toMatchObject({ version: "1.1.2", break: true });
  });

  it("refuses a shallow clone for an empty store, with the remedy", async () => {
    const { folder } = await history();
    const clone = join(await scratch(), "clone");
    execFileSync("git", ["clone", "-q", "--depth", "1", `file://${folder}`, clone]);
    const { code, out } = await factpress(clone, "publish", "--store", "store");
    expect(code).toBe(3);
    expect(out).toContain("git fetch --unshallow");
  });

  it("makes one release of a folder without git, with the minimum version", async () => {
    const folder = await scratch();
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await factpress(folder, "publish", "--store", "store");
    await factpress(folder, "publish", "--store", "store");
    expect(catalogueOf(join(folder, "store")).releases).toMatchObject([{ version: "1.0.0", commit: null, date: null }]);
  });

  it("makes one release of a merge, regardless of its merged commits", async () => {
    const { folder, git, commit } = await history();
    const at = join(folder, "data/small");
    await git("checkout", "-q", "-b", "side");
    await write(at, { "levels.json": "[" });
    await commit("bad", "2024-01-07T12:00:00Z");
    await write(at, { "levels.json": [{ river: "po", gauge: 1, metres: 1 }] });
    await commit("bad as well", "2024-01-07T13:00:00Z");
    await write(at, { "levels.json": [...(smallDataset()["levels.json"] as object[]), { river: "oder", gauge: 1, metres: 4 }] });
    await commit("good", "2024-01-07T14:00:00Z");
    await git("checkout", "-q", "main");
    process.env["GIT_COMMITTER_DATE"] = "2024-01-08T12:00:00Z";
    await git("-c", "user.name=A", "-c", "user.email=a@example.org", "merge", "-q", "--no-ff", "-m", "merge", "side");
    delete process.env["GIT_COMMITTER_DATE"];
    await factpress(folder, "publish", "--store", "store");
    expect(versions(join(folder, "store"))).toEqual(["1.2.0", "1.1.1", "1.1.0", "1.0.1", "1.0.0"]);
    expect(catalogueOf(join(folder, "store")).releases[0]?.commit).toBe(await git("rev-parse", "main"));
  });

  it("takes the next number if another build has claimed one that is not listed", async () => {
    const { folder } = await history();
    await write(join(folder, "store/small"), { "1.0.0/SHA256SUMS": "of another build", "1.1.0/SHA256SUMS": "of another build" });
    await factpress(folder, "publish", "--store", "store");
    expect(versions(join(folder, "store"))).toEqual(["1.1.2", "1.1.1", "1.0.2", "1.0.1"]);
    expect(readFileSync(join(folder, "store/small/1.0.0/SHA256SUMS"), "utf8")).toBe("of another build");
  });

  it("stops at a damaged file of a number that it claimed, and overwrites nothing", async () => {
    const { folder } = await published();
    await rm(join(folder, "store/small/releases.json"));
    await write(join(folder, "store/small/1.0.0"), { "rivers.csv": "damaged" });
    const { code, out } = await factpress(folder, "publish", "--store", "store");
    expect(code).toBe(1);
    expect(out).toContain("small/1.0.0/rivers.csv exists in the store with different bytes");
    expect(readFileSync(join(folder, "store/small/1.0.0/rivers.csv"), "utf8")).toBe("damaged");
  });

  it("repairs pages and aliases that a crash left behind the catalogue", async () => {
    const { folder } = await published();
    const whole = await tree(join(folder, "store"));
    await rm(join(folder, "store/.factpress/aliases.json"));
    await rm(join(folder, "store/pages/small/1.0.0/index.html"));
    await factpress(folder, "publish", "--store", "store");
    expect(await tree(join(folder, "store"))).toEqual(whole);
  });
});

describe("the Abraham Accords", () => {
  const facts = readdirSync(join(ROOT, "data/abraham-accords/facts")).flatMap(
    (file) => JSON.parse(readFileSync(join(ROOT, "data/abraham-accords/facts", file), "utf8")) as Record<string, string>[],
  );

  it("hold all statements: 97 quoted from the article, 103 of others", () => {
    const article = facts.filter(({ source }) => source === "tps-il-2025-11-06");
    expect([article.length, facts.length - article.length]).toEqual([97, 103]);
    expect(article.every(({ locatorType }) => locatorType === "quote")).toBe(true);
  });

  it("name no source of a later day than dataset.json says", () => {
    const read = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, "data/abraham-accords", file), "utf8"));
    const { researchedUntil } = read("dataset.json") as { researchedUntil: string };
    const days = (read("sources.json") as Record<string, string>[])
      .map(({ captured, published = "" }) => captured ?? published)
      .flatMap((day) => day.split("/").filter((end) => end.length === 10));
    expect(days.toSorted().at(-1)).toBe(researchedUntil);
  });

  it("name for each passage of the article one sentence", () => {
    const sentences = new Map<string, Set<unknown>>();
    for (const { locator = "", sentence } of facts.filter(({ source }) => source === "tps-il-2025-11-06"))
      sentences.set(locator, (sentences.get(locator) ?? new Set()).add(sentence));
    expect([...sentences].filter(([, numbers]) => numbers.size > 1)).toEqual([]);
    expect(sentences.size).toBeGreaterThan(50);
  });

  it("prefer one statement in each of 16 conflicts, leave 4 open, give every reason, and prefer nothing refuted", () => {
    const conflicts = new Map<string, Record<string, string>[]>();
    for (const fact of facts) if (fact["conflict"]) conflicts.set(fact["conflict"], [...(conflicts.get(fact["conflict"]) ?? []), fact]);
    const open = ["kz-independence-sequence", "kz-jewish-population", "kz-jewish-population-2020", "kz-joined-ordinal"];
    expect(conflicts.size).toBe(20);
    for (const [name, members] of conflicts) {
      expect(members.filter(({ rank }) => rank === "preferred")).toHaveLength(open.includes(name) ? 0 : 1);
      expect(new Set(members.map(({ subject, property }) => `${subject} ${property}`)).size).toBe(1);
      expect(members.every(({ reason }) => (reason?.length ?? 0) > 20)).toBe(true);
    }
    expect(facts.filter(({ certainty, rank }) => certainty === "refuted" && rank !== "deprecated")).toEqual([]);
  });
});
