import { execFile } from "node:child_process";
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** Bundles the program of a checkout into a folder, as people install it: it starts faster than the TypeScript. Returns its path. */
export async function packProgram(checkout: string, folder: string): Promise<string> {
  await promisify(execFile)(process.execPath, ["--import", "tsx", "bin/pack.ts", join(folder, "dist")], { cwd: checkout });
  await mkdir(join(folder, "bin"), { recursive: true });
  for (const file of ["bin/factpress.js", "package.json"]) await copyFile(join(checkout, file), join(folder, file));
  return join(folder, "bin/factpress.js");
}
