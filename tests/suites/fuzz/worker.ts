import { parentPort, workerData } from "node:worker_threads";
import { Mutator, randomBelow, tokensOf } from "./mutate.ts";
import { type Bases, TARGETS } from "./targets.ts";

export interface Work {
  target: keyof typeof TARGETS;
  bases: Bases;
  seeds: Uint8Array[];
  words: string[];
  seed: number;
  runs: number;
  seconds: number;
  /** The current input: number, length and bytes. It can be read even if this thread hangs. */
  shared: SharedArrayBuffer;
}

export interface Done {
  runs: number;
  kept: number;
  slowestMs: number;
  findings: { message: string; input: Uint8Array }[];
  /** Branches of our own code by name, and whether one was taken. */
  branches: [string, boolean][];
}

interface Counted {
  b: Record<string, number[]>;
}

/** The counters that istanbul adds to our code, one for each branch. */
class Counters {
  readonly #files = Object.entries((globalThis as unknown as { __coverage__: Record<string, Counted> }).__coverage__);
  /** The highest count of each in one run, as a power of two. */
  readonly #most = new Map<number[], number[]>();
  readonly #taken = new Set<string>();

  constructor() {
    this.isNew();
  }

  /** Whether the run since the last call took a new branch, or ran a loop at least twice as often as before. Resets the counters. */
  isNew(): boolean {
    let found = false;
    for (const [file, { b }] of this.#files)
      for (const [id, counts] of Object.entries(b)) found = this.#look(`${file} ${id}`, counts) || found;
    return found;
  }

  #look(name: string, counts: number[]): boolean {
    let found = false;
    const most = this.#most.get(counts) ?? counts.map(() => 0);
    this.#most.set(counts, most);
    for (let i = 0; i < counts.length; i += 1) {
      const count = 32 - Math.clz32(counts[i] as number);
      counts[i] = 0;
      if (count <= (most[i] as number)) continue;
      if (most[i] === 0) this.#taken.add(`${name}.${i}`);
      most[i] = count;
      found = true;
    }
    return found;
  }

  branches(): [string, boolean][] {
    return this.#files.flatMap(([file, { b }]) =>
      Object.entries(b).flatMap(([id, counts]) =>
        counts.map((_, i): [string, boolean] => [`${file} ${id}.${i}`, this.#taken.has(`${file} ${id}.${i}`)]),
      ),
    );
  }
}

async function fuzz({ target, bases, seeds, words, seed, runs, seconds, shared }: Work): Promise<Done> {
  const below = randomBelow(seed);
  const mutator = new Mutator(below, [...words, ...new Set(seeds.flatMap((bytes) => tokensOf(Buffer.from(bytes).toString("utf8"))))]);
  const head = new Int32Array(shared, 0, 2);
  const body = new Uint8Array(shared, 8);
  const counters = new Counters();
  const corpus: Uint8Array[] = [];
  const findings = new Map<string, Done["findings"][number]>();
  const ends = performance.now() + seconds * 1000;
  const pick = (): Uint8Array =>
    corpus[below(3) === 0 ? corpus.length - 1 - below(Math.min(20, corpus.length)) : below(corpus.length)] as Uint8Array;
  let done = 0;
  let slowestMs = 0;
  for (; done < runs && performance.now() < ends; done += 1) {
    const input = seeds[done] ?? mutator.child(pick(), pick());
    body.set(input);
    head[1] = input.length;
    Atomics.add(head, 0, 1);
    const started = performance.now();
    try {
      await TARGETS[target](input, bases);
    } catch (error) {
      const { name, message, stack = message } = error as Error;
      // One defect is found thousands of times: report each invariant once, and each exception once per code location.
      const kind = name === "Error" ? message.split(":", 1).join() : stack.replace(message, "");
      const before = findings.get(kind);
      if (!before || before.input.length > input.length)
        findings.set(kind, { message: name === "Error" ? message : stack, input: Buffer.from(input) });
    }
    slowestMs = Math.max(slowestMs, performance.now() - started);
    if (counters.isNew() || done < seeds.length) corpus.push(Buffer.from(input));
  }
  return {
    runs: done,
    kept: corpus.length,
    slowestMs,
    findings: [...findings.values()],
    branches: counters.branches(),
  };
}

parentPort?.postMessage(await fuzz(workerData as Work));
