import { execFileSync, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../bin/bundle.ts";
import { median } from "./measure.ts";

const RUNS = 11;
const ACCORDS = "data/abraham-accords";

/** Milliseconds until a command of the package ends. */
function millisecondsOf(program: string, cwd: string, ...args: string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`factpress ${args.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

/** The check of the Accords with its SQL checks beside `factpress --version`, both from the files of a package, without git. */
export async function printStart(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "factpress-start-"));
  try {
    const at = join(scratch, "package");
    await mkdir(join(at, "bin"), { recursive: true });
    for (const file of ["package.json", "bin/factpress.js"]) await cp(join(ROOT, file), join(at, file));
    execFileSync(process.execPath, ["--import", "tsx", "bin/pack.ts", join(at, "dist")], { cwd: ROOT });
    await cp(join(ROOT, ACCORDS), join(scratch, ACCORDS), { recursive: true });
    const program = join(at, "bin/factpress.js");
    const runs = Array.from({ length: RUNS }, () => ({
      version: millisecondsOf(program, scratch, "--version"),
      check: millisecondsOf(program, scratch, "check", "abraham-accords"),
    }));
    console.log(`\nFrom the package (medians of ${RUNS} runs in turn)`);
    console.log(`  factpress --version          ${median(runs.map(({ version }) => version)).toFixed(0)} ms`);
    console.log(
      `  factpress check, the Accords ${median(runs.map(({ check }) => check)).toFixed(0)} ms   ${median(runs.map(({ check, version }) => check / version)).toFixed(1)} ×`,
    );
  } finally {
    await rm(scratch, { recursive: true });
  }
}
