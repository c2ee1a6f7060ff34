import { spawnSync } from "node:child_process";

export interface Measured {
  wallMs: number;
  cpuMs: number;
  peakMB: number;
  /** Of the files that it wrote, if counted. */
  bytes?: number;
}

/** A measured task: its name and how to run it. */
export interface MeasuredTask {
  name: string;
  run(): Measured | string;
}

/** Runs a bundled program, which prints its figures. A text is the reason why there are none. */
export function runMeasured(program: string, args: readonly string[]): Measured | string {
  const env = { ...process.env, FACTPRESS_BENCH_FROM: import.meta.filename };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--max-old-space-size=8192", program, ...args], {
    encoding: "utf8",
    env,
  });
  if (status === 0) return JSON.parse(stdout) as Measured;
  return stderr.split("\n").find((line) => /^\w*Error\b/.test(line)) ?? `ended with ${status}`;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1] as number, sorted[sorted.length >> 1] as number];
  return (low + high) / 2;
};

/** Runs tasks in turn, round after round, so that other load affects all of them; prints medians relative to the first task. */
export function printRounds(tasks: readonly MeasuredTask[], rounds: number): void {
  const found = tasks.map((): Measured[] => []);
  const failed = new Map<number, string>();
  for (let round = 0; round < rounds; round += 1)
    for (const [i, task] of tasks.entries()) {
      if (failed.has(i)) continue;
      const measured = task.run();
      if (typeof measured === "string") failed.set(i, measured);
      else found[i]?.push(measured);
    }
  const floors = found[0] ?? [];
  for (const [i, { name }] of tasks.entries()) console.log(`  ${name.padEnd(34)} ${failed.get(i) ?? line(found[i] ?? [], floors)}`);
}

function line(runs: readonly Measured[], floors: readonly Measured[]): string {
  const ratio = (of: (run: Measured) => number): string =>
    median(runs.map((run, round) => of(run) / of(floors[round] as Measured))).toFixed(2);
  const { bytes } = runs[0] as Measured;
  // JSON.parse cannot read a file of more than about 500 MB as one text.
  const ratios = floors.length < runs.length ? [] : [`${ratio(({ wallMs }) => wallMs)} × floor`, `${ratio(({ cpuMs }) => cpuMs)} in CPU`];
  return [
    ...ratios,
    `${(median(runs.map(({ wallMs }) => wallMs)) / 1000).toFixed(2)} s`,
    `${(median(runs.map(({ cpuMs }) => cpuMs)) / 1000).toFixed(2)} s CPU`,
    `${median(runs.map(({ peakMB }) => peakMB)).toFixed(0)} MB peak`,
    ...(bytes === undefined ? [] : [`${(bytes / 1e6).toFixed(1)} MB written`]),
  ].join("   ");
}
