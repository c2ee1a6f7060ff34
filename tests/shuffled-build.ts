import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT, scratch, tree } from "./scratch.ts";

const NAME = "abraham-accords";
const DATA = join(ROOT, "data", NAME);

const files = (folder: string, below = ""): string[] =>
  readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(folder, `${below}${entry.name}/`) : [`${below}${entry.name}`],
  );

/** A copy of the dataset whose files were made in another order, so that the folder lists them in another order. */
async function shuffledCopy(): Promise<string> {
  const folder = await scratch();
  const at = join(folder, "data", NAME);
  for (const name of files(DATA).sort((a, b) => (a.split("").reverse().join("") < b.split("").reverse().join("") ? -1 : 1))) {
    await mkdir(join(at, name, ".."), { recursive: true });
    await cp(join(DATA, name), join(at, name));
  }
  return folder;
}

interface Build {
  env?: Record<string, string>;
  /** Names of formats. Default: those of the dataset. */
  formats?: readonly string[];
}

/** Builds a shuffled copy of the dataset with a given Node, under umask 077. */
export async function shuffledBuild(node: string, { env = {}, formats }: Build = {}): Promise<Map<string, string>> {
  const folder = await shuffledCopy();
  if (formats) {
    const path = join(folder, "data", NAME, "dataset.json");
    const metadata = JSON.parse(await readFile(path, "utf8")) as { release: object };
    await writeFile(path, JSON.stringify({ ...metadata, release: { ...metadata.release, formats } }, null, 2));
  }
  await promisify(execFile)("sh", ["-c", `umask 077; exec "${node}" "${join(ROOT, "bin/factpress.js")}" build --out out`], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  return tree(join(folder, "out"));
}
