import { expect, it } from "vitest";
import { random } from "../../protocol/scheduler.ts";
import { Branch, catalogueOf, type Made, publish, world } from "../../protocol/world.ts";

/**
 * A model of what a commit comes to where releases are withdrawn, written from docs/releases.md alone. Every history of up
 * to five commits over a small alphabet is tried, and a sample of them against the code.
 */

type Content = Record<string, string>;
interface Release {
  version: string;
  content: Content;
  /** Index of the release that it was compared with. */
  base: number;
}
interface State {
  releases: readonly Release[];
  withdrawn: ReadonlySet<string>;
  /** Content of the last passing commit. */
  passing: Content;
}
interface Commit {
  content: Content;
  withdrawn: readonly string[];
  floor: string;
}
type Outcome = "refused" | "same" | "release";

const CONTENTS: readonly Content[] = [{ a: "1" }, { a: "2" }, { a: "1", b: "1" }, { a: "1", c: "1" }];
const START: State = { releases: [], withdrawn: new Set(), passing: {} };

const numbers = (version: string): number[] => version.split(".").map(Number);
const major = (version: string): number => numbers(version)[0] as number;
const isHigher = (one: string, two: string): boolean => {
  const [x, y] = [numbers(one), numbers(two)];
  const at = x.findIndex((number, i) => number !== y[i]);
  return at >= 0 && (x[at] as number) > (y[at] as number);
};
const keeps = (old: Content, now: Content): boolean => Object.keys(old).every((key) => key in now);
const isSame = (one: Content, two: Content): boolean =>
  keeps(one, two) && keeps(two, one) && Object.keys(one).every((key) => one[key] === two[key]);

function raised(version: string, old: Content, now: Content): string {
  const [x = 0, y = 0, z = 0] = numbers(version);
  if (!keeps(old, now)) return `${x + 1}.0.0`;
  return keeps(now, old) ? `${x}.${y}.${z + 1}` : `${x}.${y + 1}.0`;
}

/** What one commit comes to. */
function step(state: State, { content, withdrawn, floor }: Commit): { outcome: Outcome; state: State } {
  const { releases } = state;
  const newest = releases.at(-1);
  if (!newest) return { outcome: "release", state: { ...state, releases: [{ version: floor, content, base: -1 }], passing: content } };
  const refused = { outcome: "refused" as const, state };
  const after = new Set(withdrawn.filter((version) => releases.some((release) => release.version === version)));
  const back = releases.filter(({ version }) => state.withdrawn.has(version) && !after.has(version));
  for (const release of back) {
    const at = releases.indexOf(release);
    for (const later of releases.slice(at + 1))
      if (later.base < at && !keeps(release.content, later.content) && major(later.version) === major(release.version)) return refused;
  }
  const base = releases.findLast(({ version }) => !after.has(version)) ?? newest;
  const same = { outcome: "same" as const, state: { releases, withdrawn: after, passing: content } };
  if (back.length === 0 && isSame(content, state.passing)) return same;
  if (isSame(content, base.content)) return same;
  if (!keeps(base.content, content) && major(floor) <= major(newest.version)) return refused;
  const next = raised(newest.version, base.content, content);
  const release = { version: isHigher(floor, next) ? floor : next, content, base: releases.indexOf(base) };
  return { outcome: "release", state: { releases: [...releases, release], withdrawn: after, passing: content } };
}

/** Every commit that may follow: each content, four ways to withdraw, with and without a new major version. */
function followers({ releases, withdrawn }: State): Commit[] {
  const versions = releases.map(({ version }) => version);
  const lists = [[], [...withdrawn], [...withdrawn, ...versions.slice(-1)], versions, [...withdrawn].slice(1)];
  const kinds = [...new Set(lists.map((list) => JSON.stringify([...new Set(list)])))].map((text) => JSON.parse(text) as string[]);
  const floors = ["1.0.0", ...(releases.length > 0 ? [`${major((releases.at(-1) as Release).version) + 1}.0.0`] : [])];
  return CONTENTS.flatMap((content) => kinds.flatMap((list) => floors.map((floor) => ({ content, withdrawn: list, floor }))));
}

/** What must hold after every passing commit. */
function broken({ releases, withdrawn, passing }: State, before: State, outcome: Outcome): string | undefined {
  const inForce = releases.filter(({ version }) => !withdrawn.has(version));
  for (const [i, release] of inForce.entries()) {
    const next = inForce[i + 1];
    if (next && major(next.version) === major(release.version) && !keeps(release.content, next.content))
      return `readers who go from ${release.version} to ${next.version} lose a record`;
  }
  if (releases.some((release, i) => i > 0 && !isHigher(release.version, (releases[i - 1] as Release).version)))
    return "a number is not higher than the one before it";
  const isUnchanged = isSame(passing, before.passing) && before.releases.length > 0;
  const latest = inForce.at(-1);
  if (latest && !isUnchanged && !isSame(latest.content, passing)) return "the newest release in force has not the content of the branch";
  const endsWithdrawal = [...before.withdrawn].some((version) => !withdrawn.has(version));
  if (outcome === "release" && isUnchanged && !endsWithdrawal) return "content that did not change is released again";
  return undefined;
}

it("keeps releases in force compatible for their readers, in every history of up to five commits", () => {
  const count: Record<Outcome | "past", number> = { refused: 0, same: 0, release: 0, past: 0 };
  const visit = (state: State, left: number, trace: readonly Commit[]): void => {
    if (left === 0) return;
    for (const commit of followers(state)) {
      const { outcome, state: after } = step(state, commit);
      count[outcome] += 1;
      if (after.releases.some(({ base }, i) => i > 0 && base !== i - 1)) count.past += 1;
      const wrong = outcome === "refused" ? undefined : broken(after, state, outcome);
      if (wrong) throw new Error(`${wrong}: ${JSON.stringify([...trace, commit])}`);
      if (outcome !== "refused") visit(after, left - 1, [...trace, commit]);
    }
  };
  visit(START, 5, []);
  expect(
    Object.values(count).every((times) => times > 1_000),
    JSON.stringify(count),
  ).toBe(true);
});

/** The same histories are made for everybody. */
const SAMPLE = Number(process.env["FACTPRESS_HISTORIES"] ?? 300);

it("matches the code, at once and commit by commit", async () => {
  const next = random(7);
  let past = 0;
  for (let i = 0; i < SAMPLE; i += 1) {
    let state = START;
    const made: Made[] = [];
    const [single, at] = [world(), new Branch()];
    for (let j = 0; j < 6; j += 1) {
      const choices = followers(state);
      const { content, withdrawn, floor } = choices[Math.floor(next() * choices.length)] as Commit;
      const one: Made = { records: content, version: floor, withdrawn: withdrawn.map((version) => ({ version, reason: "wrong" })) };
      made.push(one);
      state = step(state, { content, withdrawn, floor }).state;
      await publish({ history: at.push(one), ...single });
    }
    const wanted = state.releases.map(({ version, base }, n) => ({
      version,
      comparedWith: base === n - 1 ? undefined : state.releases[base]?.version,
    }));
    const { releases, withdrawn } = catalogueOf(single);
    expect(releases.map(({ version, comparedWith }) => ({ version, comparedWith })).reverse(), JSON.stringify(made)).toEqual(wanted);
    const inForce = new Map(withdrawn.map(({ version, reason }) => [version, reason]));
    expect(new Set([...inForce].flatMap(([version, reason]) => (reason === null ? [] : [version])))).toEqual(state.withdrawn);
    const together = world();
    await publish({ history: new Branch().push(...made), ...together });
    const bare = (w: typeof single) => catalogueOf(w).releases.map(({ version, level, comparedWith }) => [version, level, comparedWith]);
    expect(bare(together), JSON.stringify(made)).toEqual(bare(single));
    if (wanted.some(({ comparedWith }) => comparedWith !== undefined)) past += 1;
  }
  expect(past).toBeGreaterThan(SAMPLE / 20);
});
