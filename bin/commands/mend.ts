import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { folderSource } from "../../lib/adapters/source-folder.ts";
import { canonicalText } from "../../lib/dataset/canonical.ts";
import { planTable, type Schema, type TablePlan } from "../../lib/dataset/table-plan.ts";
import type { DatasetFolder } from "../datasets.ts";

/** Larger files are written by programs, not by people. */
const MAX_BYTES = 8 * 1024 * 1024;

export interface Unusual {
  /** Absolute, and as people see it. */
  path: string;
  shown: string;
  text: string;
  did: string[];
}

/** The schema's tables, where it can be read at all: files are mended before they are checked. */
async function plansIn(folder: string): Promise<Map<string, TablePlan>> {
  try {
    const root = JSON.parse(await readFile(join(folder, "schema.json"), "utf8")) as Schema;
    return new Map(Object.keys(root.properties ?? {}).map((name) => [name, planTable(name, root)]));
  } catch {
    return new Map();
  }
}

/** The files of a dataset that are not in the usual shape, and what they would be. */
export async function unusualFiles({ folder, shown }: DatasetFolder): Promise<Unusual[]> {
  const plans = await plansIn(folder);
  const found: Unusual[] = [];
  for (const { path, bytes } of await folderSource(folder).list()) {
    if (!path.endsWith(".json") || bytes > MAX_BYTES) continue;
    const text = await readFile(join(folder, path), "utf8");
    const mended = canonicalText(text, plans.get(path.replace(/(\.json|\/.*)$/, "")));
    if (mended && mended.text !== text)
      found.push({ path: join(folder, path), shown: `${shown}/${path}`, text: mended.text, did: mended.did });
  }
  return found;
}

/** Writes a file anew, as a whole or not at all. */
export async function mend({ path, text }: Unusual): Promise<void> {
  await writeFile(`${path}.mending`, text, { flag: "wx" });
  await rename(`${path}.mending`, path);
}
