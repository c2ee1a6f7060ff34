import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packProgram } from "./pack-program.ts";

const ROOT = join(import.meta.dirname, "..");

/** Bundles the program before the tests, so that they run what people install, which also starts faster than the TypeScript. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "factpress-program-"));
  const bundle = async (): Promise<void> => {
    process.env["FACTPRESS_PROGRAM"] = await packProgram(ROOT, folder);
  };
  await bundle();
  project.onTestsRerun(bundle);
  return () => rm(folder, { recursive: true, force: true });
}
