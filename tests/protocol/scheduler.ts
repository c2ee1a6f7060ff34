import type { History } from "../../lib/ports/ports.ts";
import { publishDataset } from "../../lib/publish/publish-dataset.ts";
import { Crash, intercept } from "./intercept.ts";
import { Reader } from "./reader.ts";
import { type Means, publishing, type World } from "./world.ts";

/** Numbers from a seed (mulberry32): the same seed gives the same order of events. */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Actor {
  means: Partial<Means> & { history: History };
}

type Waiting = { go(): void; crash(after: boolean): void };

/** A publisher whose calls each wait for their turn. Several calls wait if it writes files concurrently. */
class Publisher {
  readonly waiting: Waiting[] = [];
  ended = false;
  error: unknown;
  #arrived: () => void = () => {};
  constructor(world: World, means: Actor["means"]) {
    const ports = intercept({ history: means.history, store: world.store, aliases: world.aliases }, (_call, perform) => {
      return new Promise((done, fail) => {
        this.waiting.push({
          go: () => void perform().then(done, fail),
          crash: (after) => void (after ? perform() : Promise.resolve()).then(() => fail(new Crash("here"))),
        });
        this.#arrived();
      });
    });
    const end = (error?: unknown): void => {
      this.ended = true;
      this.error = error;
      this.#arrived();
    };
    this.first = this.#next();
    publishDataset(publishing({ ...means, ...ports })).then(() => end(), end);
  }
  first: Promise<void>;
  #next(): Promise<void> {
    return new Promise((done) => {
      this.#arrived = done;
    });
  }
  /** Continues one of the waiting calls until another call waits or the publisher ends. */
  async step(how: "go" | "crash-before" | "crash-after", random: () => number): Promise<void> {
    const index = this.waiting.length > 1 ? Math.floor(random() * this.waiting.length) : 0;
    const [waiting] = this.waiting.splice(index, 1) as [Waiting];
    const next = this.waiting.length > 0 ? undefined : this.#next();
    if (how === "go") waiting.go();
    else waiting.crash(how === "crash-after");
    await next;
  }
}

export interface Interleaving {
  calls: number;
  crashes: number;
  /** Errors of publishers other than the injected crashes. */
  errors: Error[];
}

/**
 * Runs publishers against one world, one call at a time, in an order determined by the seed; readers check the store
 * after every call. The seed also determines when `events`, such as pushes, happen.
 */
export async function interleave(
  world: World,
  actors: Actor[],
  seed: number,
  events: (() => void)[] = [],
  crashes = 0.01,
): Promise<Interleaving> {
  const next = random(seed);
  const reader = new Reader(world);
  const waitingEvents = [...events];
  const publishers: Publisher[] = [];
  const begin = async ({ means }: Actor): Promise<void> => {
    const publisher = new Publisher(world, means);
    await publisher.first;
    publishers.push(publisher);
  };
  for (const actor of actors) await begin(actor);
  const result: Interleaving = { calls: 0, crashes: 0, errors: [] };
  // Publishers run in bursts of calls: in short bursts, they proceed in step; in long bursts, one overtakes another.
  const longest = [3, 12, 50, 200][Math.floor(next() * 4)] as number;
  for (let burst = 0, chosen: Publisher | undefined; ; burst -= 1) {
    let live = publishers.filter(({ ended }) => !ended);
    if (waitingEvents.length > 0 && (live.length === 0 || next() < 0.05)) {
      (waitingEvents.shift() as () => void)();
      // Like a push, an event may start another publisher.
      if (live.length === 0 || next() < 0.5) {
        await begin(actors[Math.floor(next() * actors.length)] as Actor);
        chosen = publishers.at(-1);
        burst = Math.floor(next() * longest);
      }
      live = publishers.filter(({ ended }) => !ended);
    }
    if (live.length === 0) break;
    if (!chosen || chosen.ended || burst <= 0) {
      chosen = live[Math.floor(next() * live.length)] as Publisher;
      burst = 1 + Math.floor(next() ** 2 * longest);
    }
    const chance = next();
    const how = chance < crashes ? "crash-before" : chance < 2 * crashes ? "crash-after" : "go";
    await chosen.step(how, next);
    result.calls += 1;
    if (how !== "go") result.crashes += 1;
    reader.look();
    if (chosen.ended && chosen.error && !(chosen.error instanceof Crash)) result.errors.push(chosen.error as Error);
  }
  return result;
}
