import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";

const ROOT = join(import.meta.dirname, "..");

/** Bundles the program before the tests: they run what people install, and it starts faster than the TypeScript. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "factpress-program-"));
  const bundle = async (): Promise<void> => {
    await promisify(execFile)(process.execPath, ["--import", "tsx", "bin/pack.ts", join(folder, "dist")], { cwd: ROOT });
  };
  await bundle();
  await mkdir(join(folder, "bin"));
  for (const file of ["bin/factpress.js", "package.json"]) await copyFile(join(ROOT, file), join(folder, file));
  process.env["FACTPRESS_PROGRAM"] = join(folder, "bin/factpress.js");
  project.onTestsRerun(bundle);
  return () => rm(folder, { recursive: true, force: true });
}
