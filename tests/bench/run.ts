import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { bundleBench } from "./bundle-bench.ts";
import { printColdStarts } from "./cold.ts";
import { printPage } from "./page.ts";
import { printProofs } from "./proofs.ts";
import { printPublishing } from "./publish-change.ts";
import { printFacts, printForms, printSizes } from "./speed.ts";
import { printStart } from "./start.ts";

const MILLION = 1_000_000;
const FORM_RECORDS = 100_000;
const ROUNDS = Number(process.env["FACTPRESS_BENCH_ROUNDS"] ?? 3);
const SIZES = [1000, 10_000, 100_000];

const [asked, argument] = process.argv.slice(2);

/** The measurements by name. An argument after a name is the number of records; for `sizes`, a list of them. */
const SECTIONS: Record<string, () => void | Promise<void>> = {
  cold: printColdStarts,
  page: printPage,
  proofs: printProofs,
  start: printStart,
  facts: () => withPrograms((scratch, programs) => printFacts(scratch, programs, Number(argument ?? MILLION), ROUNDS)),
  sizes: () => withPrograms((scratch, programs) => printSizes(scratch, programs, argument?.split(",").map(Number) ?? SIZES, ROUNDS)),
  forms: () => withPrograms((scratch, programs) => printForms(scratch, programs, Number(argument ?? FORM_RECORDS), ROUNDS)),
  publish: () => withPrograms((scratch, programs) => printPublishing(scratch, programs, Number(argument ?? MILLION), ROUNDS)),
};

async function withPrograms(run: (scratch: string, programs: Awaited<ReturnType<typeof bundleBench>>) => Promise<void>): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "factpress-bench-"));
  try {
    await run(scratch, await bundleBench(join(scratch, "programs")));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const commit = execFileSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8", cwd: import.meta.dirname }).trim();
const date = new Date().toISOString().slice(0, 10);
console.log(`${date}, ${commit}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`);
console.log(
  "Each figure is the median of rounds in which every task runs once, as a process of its own. The ratios are to the floor of the",
);
console.log("same round: JSON.parse and JSON.stringify of the whole file.");
const sections = asked === undefined ? Object.keys(SECTIONS) : [asked];
for (const section of sections) {
  const print = SECTIONS[section];
  if (!print) throw new Error(`There is no section ${section}: ${Object.keys(SECTIONS).join(", ")}`);
  await print();
}
