import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BenchPrograms } from "./bundle-bench.ts";
import { makeDataset } from "./facts.ts";
import { type Measured, printRounds, runMeasured } from "./measure.ts";

const ENV = { ...process.env, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" };
const AUTHOR = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org"];

/** Measures publishing a first release, then in each round a release with one changed record. */
export async function printPublishing(scratch: string, { child, floor }: BenchPrograms, count: number, rounds: number): Promise<void> {
  const clone = join(scratch, "publishing/clone");
  const folder = join(clone, "data/bench");
  const file = join(folder, "facts.json");
  await makeDataset(folder, count);
  const git = (...args: string[]): void => void execFileSync("git", [...AUTHOR, ...args], { cwd: clone, env: ENV, stdio: "ignore" });
  const commit = (): void => {
    git("add", ".");
    git("commit", "-m", "Change");
  };
  writeFileSync(
    join(folder, "dataset.json"),
    JSON.stringify({ ...JSON.parse(readFileSync(join(folder, "dataset.json"), "utf8")), release: { version: "1.0.0" } }),
  );
  git("init", "-b", "main");
  commit();
  let change = 0;
  const publish = (): Measured | string => runMeasured(child, ["publish", folder]);
  const publishChange = (): Measured | string => {
    change += 1;
    const bytes = readFileSync(file);
    // In place: a digit of the last record's note or number.
    const at = bytes.lastIndexOf('"note":"') + 8;
    bytes[at] = 0x61 + (change % 26);
    writeFileSync(file, bytes);
    commit();
    return publish();
  };
  console.log(`\nPublishing ${count} facts from git to a folder, with pages, in the formats that such a dataset gets by default`);
  printRounds(
    [
      { name: "floor", run: () => runMeasured(floor, [file]) },
      { name: "first release", run: publish },
    ],
    1,
  );
  const tasks = [
    { name: "floor", run: () => runMeasured(floor, [file]) },
    { name: "release of one changed record", run: publishChange },
  ];
  printRounds(tasks, rounds);
  rmSync(join(scratch, "publishing"), { recursive: true });
}
