import { expect, it } from "vitest";
import { Branch, catalogueOf, type Made, publish, versions, world } from "../../protocol/world.ts";

const one: Made = { records: { a: "1" } };
const two: Made = { records: { a: "2" } };
const three: Made = { records: { a: "3" } };
const four: Made = { records: { a: "3", b: "1" } };

it("adds nothing from a clone whose tip is an older release, and advises to fetch", async () => {
  const w = world();
  const full = new Branch().push(one, two);
  const stale = full.clone();
  await publish({ history: full, ...w });
  full.push(three);
  await publish({ history: full, ...w });
  for (let i = 0; i < 2; i += 1) {
    const { released, unreleased, refused } = await publish({ history: stale, ...w });
    expect(released).toEqual([]);
    expect(refused).toBeUndefined();
    expect(unreleased).toMatchObject([{ kind: "behind", why: expect.stringContaining("git fetch") }]);
    await publish({ history: full, ...w });
  }
  expect(versions(w)).toEqual(["1.0.2", "1.0.1", "1.0.0"]);
});

it("adds nothing from a clone whose tip is between two releases", async () => {
  const w = world();
  const full = new Branch().push(one, { ...one, elsewhere: true });
  const between = full.tip;
  full.push(two);
  const stale = full.clone().reset(between);
  full.push(three);
  await publish({ history: full, ...w });
  const known = stale.clone().fetch(full);
  for (const history of [stale, known]) expect((await publish({ history, ...w })).unreleased).toMatchObject([{ kind: "behind" }]);
  expect(versions(w)).toEqual(["1.0.2", "1.0.1", "1.0.0"]);
});

it("refuses a clone with new commits that lacks the newest release's commit, and advises to fetch", async () => {
  const w = world();
  const full = new Branch().push(one);
  const stale = full.clone().push(four);
  full.push(two);
  await publish({ history: full, ...w });
  const { released, refused } = await publish({ history: stale, ...w });
  expect(released).toEqual([]);
  expect(refused).toMatchObject({ commit: stale.tip, kind: "refused" });
  expect(refused?.problems[0]?.message).toContain("is not in this repository");
  expect(refused?.problems[0]?.remedy).toMatch(/^Run: git fetch/);
  const fetched = await publish({ history: stale.fetch(full), ...w });
  expect(fetched.refused?.problems[0]?.message).toContain("not on the first-parent history");
  expect(versions(w)).toEqual(["1.0.1", "1.0.0"]);
});

it("publishes a rewritten history only if the tip declares the newest release's commit as rewritten, and marks the break", async () => {
  const w = world();
  const branch = new Branch().push(one, two);
  const [older, given] = [branch.parentOf(branch.tip as string), branch.tip as string];
  const stale = branch.clone();
  await publish({ history: branch, ...w });
  branch.reset(older).push({ ...three, rewritten: older as string });
  expect((await publish({ history: branch, ...w })).refused?.problems[0]?.remedy).toContain(
    `"rewritten": "${given}" in the block "release" of dataset.json, which names ${older?.slice(0, 10)} instead.`,
  );
  branch.push({ ...three, rewritten: given });
  expect((await publish({ history: branch, ...w })).released).toMatchObject([{ version: "1.0.2", break: true, commit: branch.tip }]);
  // A clone that lacks the new history adds nothing, even with a commit on top of the old one.
  expect((await publish({ history: stale, ...w })).unreleased).toMatchObject([{ kind: "behind" }]);
  expect((await publish({ history: stale.push({ ...four, rewritten: given }), ...w })).refused).toBeDefined();
  // The declaration does not apply to the next commit.
  branch.push({ ...four, rewritten: given });
  expect((await publish({ history: branch, ...w })).released).toMatchObject([{ version: "1.1.0" }]);
  expect(catalogueOf(w).releases.map((entry) => entry.break)).toEqual([undefined, true, undefined, undefined]);
});

it("does not revert a withdrawal that a clone has not seen", async () => {
  const w = world();
  const full = new Branch().push(one, two);
  await publish({ history: full, ...w });
  const stale = full.clone().push(three);
  const withdrawn = [{ version: "1.0.1", reason: "wrong" }];
  full.push({ ...two, withdrawn });
  await publish({ history: full, ...w });
  expect((await publish({ history: stale, ...w })).refused?.problems[0]?.message).toContain("is not part of this branch");
  expect(catalogueOf(w).withdrawn).toHaveLength(1);
  stale.push({ ...three, rewritten: full.tip as string });
  await publish({ history: stale, ...w });
  expect(catalogueOf(w).withdrawn).toMatchObject([{ reason: "wrong" }, { reason: null, commit: stale.tip }]);
});

it("publishes only the tip after a release that was made from a folder without git", async () => {
  const w = world();
  const branch = new Branch().push(one, two);
  const files = branch.at({ id: branch.tip, date: null, tree: null });
  const tip = { id: null, date: null, tree: "folder" };
  const history = {
    after: async () => ({ position: "on" as const, base: null, commits: [tip], tip }),
    position: async () => "unknown" as const,
    isTipWithin: async () => false,
    at: () => files,
  };
  await publish({ history, ...w });
  branch.push(three);
  await publish({ history: branch, ...w });
  expect(catalogueOf(w).releases).toMatchObject([
    { version: "1.0.1", break: true, commit: branch.tip },
    { version: "1.0.0", commit: null },
  ]);
});
