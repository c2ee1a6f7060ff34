import { describe, expect, it } from "vitest";
import type { Store } from "../../../lib/ports/ports.ts";
import { checkBranch } from "../../../lib/publish/check-branch.ts";
import { Branch, type Made, publish, publishing, type World, world } from "../../protocol/world.ts";

const one: Made = { records: { a: "1" } };
const two: Made = { records: { a: "2" } };

async function published(...made: Made[]): Promise<{ w: World; branch: Branch }> {
  const w = world();
  const branch = new Branch().push(...made);
  await publish({ history: branch, ...w });
  return { w, branch };
}

/** Fails if the check requests more than it may. */
async function checked(w: World, history: Branch) {
  const { get, read } = w.store;
  const store: Pick<Store, "get" | "read"> = { get, read };
  const before = new Map(w.objects);
  const verdict = await checkBranch({ ...publishing({ history, ...w }), store });
  expect(w.objects).toEqual(before);
  return verdict;
}

describe("checkBranch", () => {
  it("counts the commits since the newest release", async () => {
    const { w, branch } = await published(one);
    expect(await checked(w, branch)).toMatchObject({ pending: { commits: 0, since: "1.0.0" }, unreleased: [], warnings: [] });
    const verdict = await checked(w, branch.push(two, { ...two, elsewhere: true }));
    expect(verdict.pending).toEqual({ commits: 2, since: "1.0.0", unchecked: 2 });
    expect([verdict.refused, verdict.blocked, verdict.stop]).toEqual([undefined, undefined, undefined]);
    expect((await checked(world(), branch)).pending).toEqual({ commits: 3, since: null, unchecked: 3 });
  });

  it("finds what publishing would refuse, and what the tip reverts", async () => {
    const { w, branch } = await published(one);
    const refused = await checked(w, branch.push({ records: {} }));
    expect(refused).toMatchObject({ refused: { commit: branch.tip }, unreleased: [{ commit: branch.tip, kind: "refused" }] });
    expect((await checked(w, branch.push(two, one))).blocked).toMatchObject({
      planned: [{ version: "1.0.1" }, { version: "1.0.2" }],
      reverted: [{ version: "1.0.1", changes: ["t: a, value"] }],
    });
  });

  it("stops if the branch does not follow the newest release", async () => {
    const { w, branch } = await published(one, two);
    const behind = await checked(w, branch.clone().reset(branch.parentOf(branch.tip as string)));
    expect(behind).toMatchObject({ stop: { kind: "behind" }, unreleased: [{ kind: "behind" }], pending: { commits: 0, since: "1.0.1" } });
    expect(behind.refused).toBeUndefined();
    const aside = branch
      .clone()
      .reset(branch.parentOf(branch.tip as string))
      .push({ records: { a: "3" } });
    expect(await checked(w, aside)).toMatchObject({ stop: { kind: "refused" }, refused: { commit: aside.tip } });
  });

  it("reads no cursor", async () => {
    const { w, branch } = await published(one);
    await publish({ history: branch.push({ records: {} }), ...w });
    branch.read.length = 0;
    await checked(w, branch);
    expect(branch.read).toContain(branch.tip);
  });
});
