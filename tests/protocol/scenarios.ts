import { parseCatalogue } from "../../lib/release/parse-catalogue.ts";
import { verifyDataset } from "../../lib/verify/verify-dataset.ts";
import { Broken } from "./reader.ts";
import { type Actor, interleave } from "./scheduler.ts";
import { Branch, contents, type Made, publish, type World, world } from "./world.ts";

/** The events of one interleaving, and the conditions at its end. */
interface Scenario {
  name: string;
  /** Commits at the start, and commits that are pushed while publishers run. */
  start: Made[];
  pushed: Made[];
  publishers: number;
  /** Tool versions of the publishers, in turn. Two versions give different bytes for the same commit. */
  tools?: string[];
  /** Rewrites history: replaces the last commits. */
  rewritten?: { back: number; made: Made[] };
  /** One of the publishers works from a clone of the start. */
  stale?: Stale;
}

const one: Made = { records: { a: "1" } };
const two: Made = { records: { a: "2" } };
const three: Made = { records: { a: "2", b: "1" } };
const bad: Made = { records: {}, broken: true };
const reason = "wrong";

export const SCENARIOS: Scenario[] = [
  { name: "two publishers, pushes in between, a commit with problems", start: [one], pushed: [two, bad, three], publishers: 2 },
  { name: "three publishers of the same commits", start: [one, two, three], pushed: [], publishers: 3 },
  { name: "three publishers, one push", start: [one, two], pushed: [three], publishers: 3 },
  {
    name: "a withdrawal, and back",
    start: [one, two],
    pushed: [{ ...two, withdrawn: [{ version: "1.0.1", reason }] }, { ...three, withdrawn: [{ version: "1.0.1", reason }] }, { ...three }],
    publishers: 2,
  },
  {
    name: "a removal together with a release",
    start: [one, two],
    pushed: [{ ...three, removed: [{ version: "1.0.0", reason }] }],
    publishers: 2,
  },
  { name: "two tools", start: [one], pushed: [two, three], publishers: 2, tools: ["1", "2"] },
  { name: "three publishers, two tools", start: [one, two], pushed: [], publishers: 3, tools: ["1", "2"] },
  {
    name: "a withdrawal and its revert in one commit",
    start: [one, { records: { a: "1", b: "1" } }],
    pushed: [
      { records: { a: "2" }, withdrawn: [{ version: "1.1.0", reason }] },
      { records: { a: "2", c: "1" }, withdrawn: [{ version: "1.1.0", reason }] },
    ],
    publishers: 2,
  },
  {
    name: "a stale clone beside another publisher",
    start: [one, two],
    pushed: [three, { records: { a: "3", b: "1" } }],
    publishers: 2,
    stale: {},
  },
  {
    name: "a stale clone with a commit of its own",
    start: [one],
    pushed: [two, three],
    publishers: 2,
    stale: { made: { records: { a: "9", z: "1" }, date: "2024-06-01T00:00:00Z" } },
  },
  {
    name: "a force-push",
    start: [one, two],
    pushed: [three],
    publishers: 2,
    rewritten: { back: 1, made: [{ records: { a: "3", b: "1" } }] },
  },
];

/** A publisher whose clone lacks later pushes: it may add nothing. */
interface Stale {
  /** An additional commit on top of its clone. */
  made?: Made;
}

const summaryOf = (w: World): string =>
  JSON.stringify(
    parseCatalogue(w.objects.get("d/releases.json") as Uint8Array).releases.map(({ commit, level, date }) => [commit, level, date]),
  );

/** The first key whose text differs between two stores, or that is in only one of them. */
const firstOther = (one: Map<string, string>, two: Map<string, string>): string | undefined =>
  [...one.keys(), ...two.keys()].find((key) => one.get(key) !== two.get(key));

const undisturbed = new Map<string, World>();

/** The store that one publisher makes alone, after each push. */
async function alone(scenario: Scenario): Promise<World> {
  const known = undisturbed.get(scenario.name);
  if (known) return known;
  const w = world();
  const branch = new Branch().push(...scenario.start);
  await publish({ history: branch, ...w });
  for (const made of scenario.pushed) {
    branch.push(made);
    await publish({ history: branch, ...w });
  }
  undisturbed.set(scenario.name, w);
  return w;
}

/** One interleaving; throws if a promise is broken. Returns how many calls and crashes it had. */
export async function run(scenario: Scenario, seed: number): Promise<{ calls: number; crashes: number }> {
  const w = world();
  const branch = new Branch().push(...scenario.start);
  const tools = scenario.tools ?? ["1"];
  // Its own commit is made after the start was published. Before that, it would be a valid branch.
  if (scenario.stale) await publish({ history: branch, ...w });
  const stale = scenario.stale && branch.clone({ made: 1_000 });
  if (scenario.stale?.made) {
    branch.push(scenario.pushed[0] as Made);
    await publish({ history: branch, ...w });
    stale?.push(scenario.stale.made);
  }
  const actors = Array.from(
    { length: scenario.publishers },
    (_, i): Actor => ({
      means: { history: i > 0 && stale ? stale : branch, generator: tools[i % tools.length] as string },
    }),
  );
  const events = scenario.pushed.slice(scenario.stale?.made ? 1 : 0).map((made) => () => void branch.push(made));
  if (scenario.rewritten) {
    const { back, made } = scenario.rewritten;
    events.push(() => {
      let tip = branch.tip;
      for (let i = 0; i < back; i += 1) tip = branch.parentOf(tip as string);
      const given = branch.tip as string;
      branch.reset(tip).push(...made.map((one) => ({ ...one, rewritten: given })));
    });
  }
  const { calls, crashes, errors } = await interleave(w, actors, seed, events);
  if (errors[0]) throw new Broken(`a publisher failed: ${errors[0].message}`);
  await publish({ history: branch, ...w, generator: tools[0] as string });
  await verifyDataset({ store: w.store, dataset: "d", aliases: w.aliases, generator: "1" });
  if (scenario.rewritten) {
    const newest = parseCatalogue(w.objects.get("d/releases.json") as Uint8Array).releases[0];
    if (newest?.commit !== branch.tip) throw new Broken("the tip is not published after a force-push");
  } else {
    const expected = await alone(scenario);
    if (summaryOf(w) !== summaryOf(expected)) throw new Broken(`the releases are not those of an undisturbed run: ${summaryOf(w)}`);
    const other = tools.length === 1 ? firstOther(contents(w), contents(expected)) : undefined;
    if (other !== undefined) throw new Broken(`${other} is not what an undisturbed run gives`);
  }
  const before = contents(w);
  await publish({ history: branch, ...w, generator: tools[0] as string });
  const other = firstOther(contents(w), before);
  if (other !== undefined) throw new Broken(`publishing again changed ${other}`);
  return { calls, crashes };
}
